#include "lexicon/foreign-parts.h"
void foreign_verbs(struct foreign *f){ (void)f; }
