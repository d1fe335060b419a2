/* SPDX-License-Identifier: MIT */
/* test-page-tree.c - trees of small pages, well-formed and not; entities; deep and cut ones. */
#include "check.h"
#include "core/buf.h"
#include "news/page-tree.h"

/* One row is one behaviour; a tree is written as name(children), texts in quotes. */
static const struct { const char *what, *page, *tree; } cases[] = {
    { "nothing", "", "html" },
    { "text alone", "a", "html(body(p('a')))" },
    { "elements nest", "<body><p>a <b>b</b> c</p></body>", "html(body(p('a ' x('b') ' c')))" },
    { "names in capitals", "<BODY><P CLASS=x>a</P></BODY>", "html(body(p.x('a')))" },
    { "a block ends a paragraph", "<p>a<div>b</div>", "html(body(p('a') div('b')))" },
    { "... also through what is inline", "<p><i>a<p>b", "html(body(p(x('a')) p('b')))" },
    { "a figure does not", "<p>a<figure>b</figure>c</p>", "html(body(p('a' figure('b') 'c')))" },
    { "items end items", "<ul><li>a<li>b</ul>c", "html(body(ul(li('a') li('b')) 'c'))" },
    { "... not those of the list around", "<ul><li>a<ul><li>b</ul><li>c</ul>",
      "html(body(ul(li('a' ul(li('b'))) li('c'))))" },
    { "terms", "<dl><dt>a<dd>b<dt>c</dl>", "html(body(dl(dt('a') dd('b') dt('c'))))" },
    { "cells and rows", "<table><tr><td>a<td>b<tr><th>c</table>d",
      "html(body(table(tr(td('a') td('b')) tr(th('c'))) 'd'))" },
    { "a table in a cell", "<table><tr><td><table><tr><td>a</table>b<td>c</table>",
      "html(body(table(tr(td(table(tr(td('a'))) 'b') td('c')))))" },
    { "an end tag closes what was left open", "<div><section><span>a</div>b",
      "html(body(div(section(x('a'))) 'b'))" },
    { "an inline one does not reach over a block", "<span><div>a</span>b</div>",
      "html(body(x(div('ab'))))" },
    { "nor any over a cell", "<div><table><td>a</div>b", "html(body(div(table(td('ab')))))" },
    { "stray end tags", "a</div></i>b</body></html>c", "html(body(p('ab')) p('c'))" },
    { "a text of the body is in a paragraph", "a</p>b", "html(body(p('a') 'b'))" },
    { "an end tag of another heading ends nothing", "<h2>a</h3>b", "html(body(h2('ab')))" },
    { "a link in a link", "<a class=x>a<a class=y>b</a>", "html(body(a.x('a') a.y('b')))" },
    { "the head ends where it must", "<head><title>t</title><meta name=x content=y><div>a",
      "html(head(title('t') meta) body(div('a')))" },
    { "... not at a picture in noscript", "<head><noscript><img></noscript><link></head><body>a",
      "html(head(noscript link) body('a'))" },
    { "comments, declarations", "<!doctype html>a<!-- <p> -- > -->b<!-->c<?x <y>d<![CDATA[e]]>f",
      "html(body(p('abcdf')))" },
    { "scripts and styles are no markup", "<script>a<p>'</scrip'</script>b<style><p></style>c",
      "html(body(p('bc')))" },
    { "a script without an end", "a<script>b<p>", "html(body(p('a')))" },
    { "a text field without one", "a<textarea>b<p>c", "html(body(p('a' textarea('b' p('c')))))" },
    { "a drawing", "a<svg><title>b</title><g/></svg>c<svg/>d", "html(body(p('acd')))" },
    { "empty elements", "a<img src=x>b<br>c<br/>d<hr>e<wbr>f",
      "html(body(p('ab' br 'c' br 'd') hr 'ef'))" },
    { "an element closed at once", "<p>a<span class=x />b</p>", "html(body(p('a' x.x 'b')))" },
    { "signs that begin no tag", "a < b <3 </ c>", "html(body(p('a < b <3 </ c>')))" },
    { "a tag that is cut", "a<p class='x", "html(body(p('a') p))" },
    { "an end tag that is cut", "<p>a</p", "html(body(p('a')))" },
    { "attributes", "<p data-x=1 class = 'a b' class=c/>a", "html(body(p.a b('a')))" },
    { "a value without quotes ends at a blank", "<p class=a/b title>a", "html(body(p.a/b('a')))" },
    { "entities", "a &amp; b&nbsp;&eacute;&#233;&#xe9;&#147;&bogus;&",
      "html(body(p('a & b\xC2\xA0\xC3\xA9\xC3\xA9\xC3\xA9\xC2\x93&bogus;&')))" },
    { "numbers that are no characters", "&#0;&#x110000;&#xD800;&#99999999999;", "html" },
    { "entities in attributes", "<p class='a&amp;b'>c", "html(body(p.a&b('c')))" },
    { "elements of other names", "<x-a><x-b>a</x-a>b", "html(body(x(x('a')) 'b'))" },
    { "forms side by side, a second body", "<body class=x><form>a<form>b</form>c<body class=y>d",
      "html(body.x(form('a') form('b') 'cd'))" },
};

static const char *const names[PAGE_TAGS_END] = {
    [PAGE_OTHER] = "x",
#define X(name) [PAGE_##name] = #name,
    PAGE_TAGS(X)
#undef X
};

static void write_node(struct buf *out, const struct page_node *node)
{
    if (node->tag == PAGE_TEXT) {
        buf_printf(out, "'%.*s'", (int)node->content.n, node->content.p);
        return;
    }
    struct slice class = page_attr(node, PAGE_ATTR_CLASS);
    buf_printf(out, "%s%s%.*s", names[node->tag] ? names[node->tag] : "", class.n ? "." : "",
               (int)class.n, class.p ? class.p : "");
}

/* Without recursion, as the trees are walked everywhere. */
static void write_tree(struct buf *out, const struct page_node *root)
{
    const struct page_node *node = root;
    while (node) {
        write_node(out, node);
        if (node->children) {
            buf_add_char(out, '(');
            node = node->children;
            continue;
        }
        while (node && !node->next) {
            node = node->parent;
            if (node)
                buf_add_char(out, ')');
        }
        if (node) {
            buf_add_char(out, ' ');
            node = node->next;
        }
    }
}

static void check_cases(struct arena *arena)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena_reset(arena);
        buf_clear(&out);
        const struct page_node *root = page_tree(slice_of(cases[i].page), arena);
        CHECK(root != NULL, cases[i].what);
        if (root)
            write_tree(&out, root);
        CHECK_STR(out.p ? out.p : "", cases[i].tree, cases[i].what);
    }
    buf_deinit(&out);
}

static uint64_t count_nodes(const struct page_node *root)
{
    uint64_t n = 0;
    for (const struct page_node *node = root; node; node = page_next(node, true))
        n++;
    return n;
}

static void check_large(struct arena *arena)
{
    struct buf page;
    buf_init(&page, 16u << 20);
    for (int i = 0; i < 100000; i++)
        buf_add_text(&page, "<div>a");
    arena_reset(arena);
    const struct page_node *root = page_tree(buf_slice(&page), arena);
    CHECK(root && count_nodes(root) == 200002, "a deep page");
    buf_clear(&page);
    for (int i = 0; i < 1000000; i++)
        buf_add_text(&page, "<b></b>");
    arena_reset(arena);
    root = page_tree(buf_slice(&page), arena);
    CHECK(root && count_nodes(root) < 1000000, "a page of a million elements is cut");
    buf_clear(&page);
    for (int i = 0; i < 1000000; i++)
        buf_add_text(&page, i % 2 ? "<svg>" : "<svg/>");
    arena_reset(arena); /* hours, if each searched for its end */
    CHECK_INT(page_slim(buf_slice(&page), arena).n, 0, "a million drawings without an end");
    buf_clear(&page);
    buf_add_text(&page, "<p ");
    for (int i = 0; i < 1000000; i++)
        buf_add_text(&page, "id=''");
    arena_reset(arena); /* each gets a blank: there must be room for them */
    CHECK_INT(page_slim(buf_slice(&page), arena).n, 6000003, "a million attributes in a row");
    buf_deinit(&page);
}

static void check_memory(struct arena *arena)
{
    for (long n = 0; n < 60; n++) {
        arena_reset(arena);
        arena->fail_after = n;
        const struct page_node *root =
            page_tree(slice_of("<p class='a&amp;b' id=x>a &lt; b<p>c<title>d &amp; e</title>"), arena);
        CHECK(n > 20 ? root != NULL : n > 0 || !root, "without memory");
    }
    arena->fail_after = -1;
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, 256u << 20);
    check_cases(&arena);
    check_large(&arena);
    check_memory(&arena);
    arena_deinit(&arena);
    return check_end();
}
