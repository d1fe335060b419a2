/* SPDX-License-Identifier: MIT */
/*
 * foreign-names.c - dictionaries of actors and of agents, made records.
 *
 *   KOFI_ANNAN_  +K._ANNAN_  [IGOUNO 970101-061231] [ELI]      .actors: names, then dated codes
 *   FOREIGN_!MINIST! [~GOV]    GOOSE {GEESE} [~GGS]            .agents: nouns, then a code
 *
 * Method   An actor's lines are gathered to a block, which ends where the next one begins. A code that
 *          is a state's and says no more makes the names those of the state (`extend state`). Names
 *          with dates, or of former officials, are persons; all others are groups.
 * Limits   BLOCK_NAMES names and BLOCK_ROLES codes of one actor; what is more is told.
 */
#include "lexicon/foreign-parts.h"

#include "core/utf8.h"

#include <stdio.h>

#define BLOCK_NAMES 4096
#define BLOCK_ROLES 64
#define NAME_MAX_BYTES 300
#define RULES_MAX 64
#define CHOICES_MAX 16

struct block_name {
    struct slice text; /* in the arena */
    uint32_t line;
};

struct block_role {
    struct foreign_actor actor;
    struct date from, to; /* `to` is the first day that no longer holds */
    uint32_t line;
};

struct block {
    struct block_name *name;
    uint32_t n_names;
    struct block_role role[BLOCK_ROLES];
    uint32_t n_roles, n_codes; /* n_codes: read, known or not */
    bool null;
};

/* ---- names ---- */

static bool is_small_word(struct slice word)
{
    static const char *const small[] = {"of", "the", "and", "for", "in", "on", "de", "la", "to",
                                        "del", "da", "du", "des", "y", "e", "at", "by", "with"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (slice_is(word, small[i]))
            return true;
    return false;
}

static bool has_small_letter(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= 'a' && text.p[i] <= 'z')
            return true;
    return false;
}

static bool has_vowel(struct slice word)
{
    for (size_t i = 0; i < word.n; i++)
        if (strchr("AEIOUYaeiouy", word.p[i]) || (unsigned char)word.p[i] >= 0x80)
            return true;
    return false;
}

/*
 * Dictionaries write names in capitals, which would make each an acronym: "AFGHAN ARMY" becomes
 * "Afghan Army". One short word stays ("PLO"), as does a short one without a vowel ("KGB chief").
 */
static struct slice name_case(struct arena *arena, struct slice name)
{
    struct slice rest = name, word;
    bool one = memchr(name.p, ' ', name.n) == NULL;
    if (has_small_letter(name) || (one && name.n <= 3) || (one && memchr(name.p, '.', name.n)))
        return arena_copy(arena, name);
    struct slice low = utf8_lower(arena, name);
    if (!low.p || low.n != name.n)
        return arena_copy(arena, name);
    char *out = (char *)(uintptr_t)low.p;
    while (slice_word(&rest, &word)) {
        size_t at = (size_t)(word.p - name.p);
        if (word.n <= 4 && !has_vowel(word)) {
            memcpy(out + at, word.p, word.n);
            continue;
        }
        if (at && is_small_word(slice_make(out + at, word.n)))
            continue;
        for (size_t i = at; i < at + word.n; i++)
            if ((i == at || out[i - 1] == '-' || out[i - 1] == '.') && out[i] >= 'a' &&
                out[i] <= 'z')
                out[i] = (char)(out[i] - 32);
    }
    return low;
}

/* Can it be a name of the lexicon? Its words, cleaned, into *out. */
static bool clean_name(struct foreign *f, struct slice text, bool noun, struct slice *out)
{
    char words[NAME_MAX_BYTES];
    uint64_t row[WORDS_ROW_MAX];
    struct slice name = foreign_words(text, words, sizeof words);
    uint32_t n = words_of(name, f->ask->arena, row, WORDS_ROW_MAX);
    for (size_t i = 0; i + 1 < name.n; i++)
        if (name.p[i] == '.' && name.p[i + 1] == '.')
            n = 0; /* would be read as a span of time */
    if (text.n >= NAME_MAX_BYTES || n == 0 || n > WORDS_ROW_MAX) {
        foreign_tell(f, f->line, "'%.*s': a name has 1 to %d words", (int)(text.n > 80 ? 80 : text.n),
                     text.p, WORDS_ROW_MAX);
        return false;
    }
    *out = noun ? utf8_lower(f->ask->arena, name) : name_case(f->ask->arena, name);
    if (!out->p)
        f->no_memory = true;
    return out->p != NULL;
}

static void block_name(struct foreign *f, struct block *block, struct slice text)
{
    f->n_read++;
    if (block->n_names == BLOCK_NAMES) {
        foreign_tell(f, f->line, "more than %d names of one actor", BLOCK_NAMES);
        return;
    }
    struct slice name;
    if (clean_name(f, text, false, &name))
        block->name[block->n_names++] = (struct block_name){name, f->line};
}

/* ---- codes with dates ---- */

/*
 * "920101" (of the years 1931 to 2030) or "19920101"; a day 00 is the month, one that the month lacks
 * its last. False: no date.
 */
static bool read_date(struct slice digits, struct date *out)
{
    uint32_t n;
    if ((digits.n != 6 && digits.n != 8) || !slice_to_u32(digits, &n))
        return false;
    uint32_t year = n / 10000, month = n / 100 % 100, day = n % 100;
    if (digits.n == 6)
        year += year > 30 ? 1900 : 2000;
    if (year < 1 || year > 9999 || month > 12 || day > 31)
        return false;
    if (month && day > (uint32_t)date_days_in_month((int)year, (int)month)) /* "0931" is its end */
        day = (uint32_t)date_days_in_month((int)year, (int)month);
    *out = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)(month ? day : 0)};
    return true;
}

static struct date day_after(struct date date)
{
    return date_from_days(date_last_day(date) + 1);
}

static struct slice take_digits(struct slice *rest)
{
    *rest = slice_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
        n++;
    struct slice digits = slice_make(rest->p, n);
    *rest = slice_trim(slice_make(rest->p + n, rest->n - n));
    return digits;
}

/* What stands behind a code: "", "<920101", "> 990816", "911225-920101". False: none of these. */
static bool read_dates(struct slice text, struct block_role *role)
{
    struct date a = {0}, b = {0};
    text = slice_trim(text);
    if (text.n == 0)
        return true;
    char sign = text.p[0] == '<' || text.p[0] == '>' ? text.p[0] : '-';
    if (sign != '-')
        text = slice_make(text.p + 1, text.n - 1);
    if (!read_date(take_digits(&text), &a))
        return false;
    if (sign == '-') {
        if (text.n == 0 || text.p[0] != '-')
            return false;
        text = slice_make(text.p + 1, text.n - 1);
        if (!read_date(take_digits(&text), &b))
            return false;
        if (date_to_days(a) > date_to_days(b) && a.year > 1930)
            a.year = (int16_t)(a.year - 100); /* "270101-730717" is of 1927 */
        if (date_to_days(a) > date_to_days(b))
            return false;
    }
    role->from = sign == '<' ? (struct date){0} : a;
    role->to = sign == '<' ? a : sign == '>' ? (struct date){0} : day_after(b);
    return text.n == 0;
}

static void block_code(struct foreign *f, struct block *block, struct slice text)
{
    char clean[120];
    size_t n = 0, end = 0;
    for (size_t i = 0; i < text.n && n + 1 < sizeof clean; i++)
        if (!strchr("()", text.p[i]))
            clean[n++] = text.p[i];
    struct slice all = slice_trim(slice_make(clean, n));
    while (end < all.n && !strchr(" <>", all.p[end]) &&
           !(end >= 3 && all.p[end] >= '0' && all.p[end] <= '9'))
        end++;
    struct block_role role = {.line = f->line};
    block->n_codes++;
    if (!foreign_actor_of(f, slice_make(all.p, end), &role.actor)) {
        foreign_tell(f, f->line, "[%.*s]: no part of this code is known", (int)all.n, all.p);
        return;
    }
    if (!read_dates(slice_make(all.p + end, all.n - end), &role)) {
        foreign_tell(f, f->line, "[%.*s]: wanted <DATE, >DATE or DATE-DATE behind the code, a date as "
                     "YYMMDD or YYYYMMDD", (int)all.n, all.p);
        return;
    }
    if (role.actor.null)
        block->null = true;
    else if (block->n_roles < BLOCK_ROLES)
        block->role[block->n_roles++] = role;
    else
        foreign_tell(f, f->line, "more than %d codes of one actor", BLOCK_ROLES);
}

/* ---- a block becomes a record ---- */

static bool is_dated(const struct block_role *role)
{
    return !date_is_none(role->from) || !date_is_none(role->to);
}

static bool is_former(const struct foreign_actor *actor)
{
    return actor->n_sectors == 1 && memcmp(actor->sector[0], "ELI", 4) == 0;
}

/* A code that only says "out of office" beside dated ones says what the lexicon knows by itself. */
static void drop_former(struct block *block)
{
    bool dated = false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < block->n_roles; i++)
        dated |= is_dated(&block->role[i]);
    for (uint32_t i = 0; i < block->n_roles; i++)
        if (!dated || is_dated(&block->role[i]) || !is_former(&block->role[i].actor))
            block->role[n++] = block->role[i];
    block->n_roles = n;
}

static void emit_role(struct foreign *f, const struct block_role *role)
{
    char text[32], from[DATE_TEXT] = "", to[DATE_TEXT] = "";
    foreign_actor_text(&role->actor, text);
    date_format(role->from, from);
    date_format(role->to, to);
    if (is_dated(role))
        foreign_emit(f, role->line, "    %s %s..%s", text, from, to);
    else
        foreign_emit(f, role->line, "    %s", text);
}

/* The state whose names these are, or NULL: one undated code, a state's, that says no sector. */
static const char *state_of(const struct foreign *f, const struct block *block)
{
    const struct foreign_actor *actor = &block->role[0].actor;
    if (block->n_roles != 1 || is_dated(&block->role[0]) || actor->n_sectors || !actor->code[0])
        return NULL;
    uint32_t row = map_get(&f->ask->codes->state, slice_of(actor->code));
    return row == MAP_NONE ? NULL : actor->code;
}

static void emit_block(struct foreign *f, const struct block *block)
{
    const char *state = state_of(f, block);
    bool person = false;
    for (uint32_t i = 0; i < block->n_roles; i++)
        person |= is_dated(&block->role[i]) || is_former(&block->role[i].actor);
    for (uint32_t i = 0; i < block->n_names; i++) {
        const struct block_name *name = &block->name[i];
        if (i == 0 && state)
            foreign_emit(f, name->line, "extend state %s", state);
        if (i == 0 && !state)
            foreign_emit(f, name->line, "%s %.*s", person ? "person" : "group", (int)name->text.n,
                         name->text.p);
        else
            foreign_emit(f, name->line, "    name %.*s", (int)name->text.n, name->text.p);
    }
    for (uint32_t i = 0; i < block->n_roles && !state; i++)
        emit_role(f, &block->role[i]);
    f->n_taken += block->n_names;
}

static void end_block(struct foreign *f, struct block *block)
{
    drop_former(block);
    if (block->n_names && block->n_roles)
        emit_block(f, block);
    else if (block->n_names && block->null)
        f->n_read -= block->n_names; /* "[---]": a name that is no actor asks for nothing */
    else if (block->n_names && block->n_codes == 0)
        foreign_tell(f, block->name[0].line, "'%.*s' has no [CODE]",
                     (int)block->name[0].text.n, block->name[0].text.p);
    block->n_names = block->n_roles = block->n_codes = 0;
    block->null = false;
}

void foreign_actors(struct foreign *f)
{
    struct block *block = arena_new(f->ask->arena, struct block);
    struct slice line, code;
    if (block)
        block->name = arena_array(f->ask->arena, BLOCK_NAMES, struct block_name);
    if (!block || !block->name) {
        f->no_memory = true;
        return;
    }
    while (foreign_line(f, &line)) {
        line = slice_trim(line);
        if (line.n == 0)
            continue;
        const char *bracket = memchr(line.p, '[', line.n);
        struct slice name = slice_trim(slice_make(line.p, bracket ? (size_t)(bracket - line.p)
                                                                  : line.n));
        bool more = name.n && name.p[0] == '+';
        if (name.n && !more && block->n_codes) /* names before the first code are of one actor */
            end_block(f, block);
        if (more)
            name = slice_trim(slice_make(name.p + 1, name.n - 1));
        if (name.n)
            block_name(f, block, name);
        int found;
        while ((found = foreign_bracket(&line, '[', ']', &code)) > 0)
            block_code(f, block, code);
        if (found < 0) {
            foreign_tell(f, f->line, "a '[' without its ']'");
            block->n_codes++;
        }
    }
    end_block(f, block);
}

/* ---- agents ---- */

struct rule { /* !PERSON! = MAN, MEN, WOMAN, WOMEN */
    struct slice name, choice[CHOICES_MAX];
    uint32_t n;
};

struct rules {
    struct rule rule[RULES_MAX];
    uint32_t n;
};

static void read_rule(struct foreign *f, struct rules *rules, struct slice name, struct slice list)
{
    struct slice item;
    if (rules->n == RULES_MAX) {
        foreign_tell(f, f->line, "more than %d rules", RULES_MAX);
        return;
    }
    struct rule *rule = &rules->rule[rules->n++];
    *rule = (struct rule){.name = arena_copy(f->ask->arena, name)};
    list = arena_copy(f->ask->arena, list);
    while (slice_cut(&list, ',', &item) && rule->n < CHOICES_MAX)
        if (slice_trim(item).n)
            rule->choice[rule->n++] = slice_trim(item);
}

static const struct rule *find_rule(const struct rules *rules, struct slice name)
{
    for (uint32_t i = 0; i < rules->n; i++)
        if (slice_eq(rules->rule[i].name, name))
            return &rules->rule[i];
    return NULL;
}

/* One noun, or one for each choice of the rule in it; the first is the record's header. */
static void emit_noun(struct foreign *f, const struct rules *rules, struct slice text, bool *first)
{
    struct slice rest = text, mark = {0}, name;
    const struct rule *rule = NULL;
    char whole[NAME_MAX_BYTES];
    size_t before = 0, n = 1;
    if (foreign_bracket(&rest, '!', '!', &mark) > 0) {
        rule = find_rule(rules, mark);
        if (!rule) {
            foreign_tell(f, f->line, "there is no rule !%.*s!", (int)mark.n, mark.p);
            return;
        }
        before = (size_t)((const char *)memchr(text.p, '!', text.n) - text.p);
        n = rule->n;
    }
    for (size_t i = 0; i < n; i++) {
        struct slice noun = text;
        if (rule) {
            int used = snprintf(whole, sizeof whole, "%.*s%.*s%.*s", (int)before, text.p,
                                (int)rule->choice[i].n, rule->choice[i].p, (int)rest.n, rest.p);
            noun = slice_make(whole, used < 0 ? 0 : (size_t)used < sizeof whole ? (size_t)used
                                                                             : sizeof whole - 1);
        }
        if (!clean_name(f, noun, true, &name))
            continue;
        foreign_emit(f, f->line, "%s %.*s", *first ? "agent" : "    name", (int)name.n, name.p);
        *first = false;
    }
}

void foreign_agents(struct foreign *f)
{
    struct rules *rules = arena_new(f->ask->arena, struct rules);
    struct slice line, code, forms, form;
    if (!rules) {
        f->no_memory = true;
        return;
    }
    while (foreign_line(f, &line)) {
        line = slice_trim(line);
        struct slice rest = line, mark, rule = line;
        if (line.n == 0)
            continue;
        if (line.p[0] == '!' && memchr(line.p, '=', line.n) &&
            foreign_bracket(&rule, '!', '!', &mark) > 0 && slice_starts(slice_trim(rule), "=")) {
            rule = slice_trim(rule);
            read_rule(f, rules, mark, slice_make(rule.p + 1, rule.n - 1));
            continue;
        }
        f->n_read++;
        struct foreign_actor actor;
        if (foreign_bracket(&rest, '[', ']', &code) <= 0) {
            foreign_tell(f, f->line, "wanted: NOUN [CODE]");
            continue;
        }
        if (!foreign_actor_of(f, code, &actor)) {
            foreign_tell(f, f->line, "[%.*s]: no part of this code is known", (int)code.n, code.p);
            continue;
        }
        struct slice noun = slice_make(line.p, (size_t)((const char *)memchr(line.p, '[', line.n) -
                                                        line.p)), left = noun;
        bool first = true, plurals = foreign_bracket(&left, '{', '}', &forms) > 0;
        if (plurals)
            noun = slice_make(line.p, (size_t)((const char *)memchr(line.p, '{', line.n) - line.p));
        if (actor.null) {
            f->n_read--;
            continue;
        }
        emit_noun(f, rules, slice_trim(noun), &first);
        while (plurals && !first && slice_word(&forms, &form))
            emit_noun(f, rules, form, &first);
        char text[32];
        if (first)
            continue;
        foreign_emit(f, f->line, "    %s", foreign_actor_text(&actor, text));
        f->n_taken++;
    }
}
