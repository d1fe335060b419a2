/* SPDX-License-Identifier: MIT */
/* json.c - RFC 8259 text, UTF-8 kept as it is, control characters escaped. */
#include "core/json.h"

#include <math.h>

void json_init(struct json *json, struct buf *out)
{
    *json = (struct json){.out = out};
}

static void value_follows(struct json *json)
{
    if (json->comma)
        buf_add_char(json->out, ',');
    json->comma = true;
}

void json_open(struct json *json, char bracket)
{
    value_follows(json);
    buf_add_char(json->out, bracket);
    json->comma = false;
}

void json_close(struct json *json, char bracket)
{
    buf_add_char(json->out, bracket);
    json->comma = true;
}

static void quoted(struct buf *out, struct slice text)
{
    buf_add_char(out, '"');
    size_t begin = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, slice_make(text.p + begin, i - begin));
        begin = i + 1;
        if (c == '\n')
            buf_add_text(out, "\\n");
        else if (c == '\t')
            buf_add_text(out, "\\t");
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else {
            buf_add_char(out, '\\');
            buf_add_char(out, (char)c);
        }
    }
    buf_add(out, slice_make(text.p + begin, text.n - begin));
    buf_add_char(out, '"');
}

void json_key(struct json *json, const char *key)
{
    value_follows(json);
    quoted(json->out, slice_of(key));
    buf_add_text(json->out, ":");
    json->comma = false;
}

void json_text(struct json *json, struct slice text)
{
    value_follows(json);
    quoted(json->out, text);
}

void json_int(struct json *json, long long value)
{
    value_follows(json);
    buf_printf(json->out, "%lld", value);
}

void json_real(struct json *json, double value)
{
    value_follows(json);
    if (isfinite(value))
        buf_printf(json->out, "%.6g", value);
    else
        buf_add_text(json->out, "null");
}

void json_field(struct json *json, const char *key, struct slice text)
{
    if (text.n == 0)
        return;
    json_key(json, key);
    json_text(json, text);
}

void json_field_int(struct json *json, const char *key, long long value)
{
    json_key(json, key);
    json_int(json, value);
}
