filedesc://plain.arc 0.0.0.0 20110508100000 text/plain 65
1 0 Test
URL IP-address Archive-date Content-type Archive-length

dns:www.example.org 10.0.0.1 20110508100000 text/dns 50
20110508100000
www.example.org. 300 IN A 10.0.0.1

http://www.example.org/1 10.0.0.1 20110508100000 text/html 313
HTTP/1.1 200 OK
Content-Type: text/html

<html><head><title>Title 1</title></head><body><article><h1>Title 1</h1><p>Text 1: the ministers of both countries met on Monday to talk about the border.</p><p>They agreed to meet again in spring, an official said after the talks had ended.</p></article></body></html>
http://www.example.org/a b 10.0.0.1 20110508100000 text/html 313
HTTP/1.1 200 OK
Content-Type: text/html

<html><head><title>Title 2</title></head><body><article><h1>Title 2</h1><p>Text 2: the ministers of both countries met on Monday to talk about the border.</p><p>They agreed to meet again in spring, an official said after the talks had ended.</p></article></body></html>
