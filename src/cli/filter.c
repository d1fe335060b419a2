/* SPDX-License-Identifier: MIT */
/* filter.c - the options that say which events of a database are meant. */
#include <string.h>

#include "cli/cli.h"

static int pair_of(struct session *session, const char *text, struct cli_filter *filter)
{
    const char *comma = strchr(text, ',');
    size_t n = comma ? (size_t)(comma - text) : 0;
    if (n == 0 || n >= sizeof filter->pair[0] || strlen(comma + 1) >= sizeof filter->pair[1] ||
        !comma[1]) {
        cli_usage(session, "--pair: '%s' is no pair; write RUS,USA", text);
        return -1;
    }
    memcpy(filter->pair[0], text, n);
    filter->pair[0][n] = '\0';
    strcpy(filter->pair[1], comma + 1);
    filter->filter.pair[0] = filter->pair[0];
    filter->filter.pair[1] = filter->pair[1];
    return 1;
}

int cli_filter_option(struct session *session, int option, const char *value,
                      struct cli_filter *out)
{
    struct dm_filter *filter = &out->filter;
    unsigned long long n;
    switch (option) {
    case 'a': filter->actor = value; break;
    case CLI_RECIPIENT: filter->recipient = value; break;
    case CLI_PAIR: return pair_of(session, value, out);
    case 't': filter->type = value; break;
    case CLI_STATUS: filter->status = value; break;
    case CLI_PLACE: filter->place = value; break;
    case CLI_TEXT: filter->text = value; break;
    case CLI_SINCE: filter->since = value; break;
    case CLI_UNTIL: filter->until = value; break;
    case CLI_BY:
        if (strcmp(value, "event") != 0 && strcmp(value, "mention") != 0) {
            cli_usage(session, "--by: '%s' is neither event nor mention", value);
            return -1;
        }
        filter->by = *value == 'e' ? DM_BY_EVENT : DM_BY_MENTION;
        break;
    case CLI_QUAD:
        if (!cli_number(session, "quad", value, 4, &n))
            return -1;
        filter->quad = (int)n;
        break;
    case 'n':
        if (!cli_number(session, "limit", value, 1000000000000ull, &n))
            return -1;
        filter->limit = n;
        break;
    default: return 0;
    }
    return 1;
}
