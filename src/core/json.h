/* SPDX-License-Identifier: MIT */
/*
 * json.h - write JSON into a buffer: commas and escapes kept right, nothing else. Reading is jansson's.
 *
 *   json_open(&json, '{'); json_key(&json, "code"); json_text(&json, code); json_close(&json, '}');
 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include "core/buf.h"

struct json {
    struct buf *out;
    bool comma; /* the next value needs a comma before it */
};

void json_init(struct json *json, struct buf *out);
void json_open(struct json *json, char bracket);  /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_text(struct json *json, struct slice text); /* escapes; text is valid UTF-8 */
void json_int(struct json *json, long long value);
void json_real(struct json *json, double value); /* as %.6g; null when it is no number */

/* Key and value in one; an empty text writes nothing. */
void json_field(struct json *json, const char *key, struct slice text);
void json_field_int(struct json *json, const char *key, long long value);

#endif
