#!/bin/sh
# SPDX-License-Identifier: MIT
# times.sh - every kind of expression of time: what `explain` says it means on Wednesday, 17 February 2010.
. "$(dirname "$0")/lib.sh"

# value[/end] expression : a sentence
cat >cases <<'CASES'
2010-02-03 3 Feb. 2010 : Mali attacked Togo on 3 Feb. 2010.
2010-01-15 15th of January : Mali attacked Togo on the 15th of January.
2010-01-03 third of January : Mali attacked Togo on the third of January.
2010-01-22 January 22nd : Mali attacked Togo on January 22nd.
2010-01-04/2010-01-09 January 4 to 9 : Mali attacked Togo from January 4 to 9.
2009-06-12 June 12, 2009 : Mali attacked Togo on June 12, 2009.
2010-01 January : Mali attacked Togo in late January.
2010-01 January : Mali condemned January's attack on Togo.
2009-03 March : Mali condemned March's attack on Togo.
2009-05 May : Mali attacked Togo in May.
2006 2006 : Mali has attacked Togo since 2006.
2009-03 March last year : Mali attacked Togo in March last year.
2010-01 mid-January : Mali attacked Togo in mid-January.
1994 mid-1994 : Mali attacked Togo in mid-1994.
2009-05-03 3 may 2009 : Mali attacked Togo on 3 may 2009.
- : Theresa May visited Warsaw.
- : Police beat students in march on the palace.
- : Mali sent 2000 soldiers.
2010-02-15 Monday morning : Mali attacked Togo on Monday morning.
2010-02-15 Monday, 15 February : Mali attacked Togo on Monday, 15 February.
2010-02-16 Tues : On Tues Mali attacked Togo.
2009-07/2009-09 third quarter of 2009 : Mali attacked Togo in the third quarter of 2009.
2005-06/2005-08 summer of 2005 : Mali attacked Togo in the summer of 2005.
1990/1999 1990s : Mali attacked Togo in the 1990s.
1998 1998 : Mali recalled the 1998 attack on Togo.
2010-02-14 14/2/2010 : Mali attacked Togo on 14/2/2010.
2010-02-16 yesterday : Mali attacked Togo yesterday.
2010-02-17 this morning : Mali attacked Togo this morning.
2010-02-16 last night : Mali attacked Togo last night.
2009-06/2009-08 last summer : Mali attacked Togo last summer.
2010-02-08/2010-02-14 last week : Mali attacked Togo last week.
2010-03 next month : Mali will attack Togo next month.
2010-02-08/2010-02-14 this past week : Mali attacked Togo this past week.
2010-02-10/2010-02-17 past week : Mali attacked Togo in the past week.
2010-02-03/2010-02-17 past two weeks : Mali attacked Togo in the past two weeks.
2010-02-17/2010-02-27 next ten days : Mali will attack Togo in the next ten days.
2010-02-13/2010-02-14 the weekend : Mali attacked Togo over the weekend.
2010-02 the month : Mali attacked Togo earlier in the month.
2010 end of the year : Mali will attack Togo at the end of the year.
2010-02-17 three hours ago : Mali attacked Togo three hours ago.
2010-02-08/2010-02-14 a week ago : Mali attacked Togo a week ago.
1990 two decades ago : Mali attacked Togo two decades ago.
2010-02-19 Friday : Mali will attack Togo on Friday.
2010-02-12 Friday : Mali attacked Togo on Friday.
2010-02-25 Feb. 25 : Mali was told to leave Togo by Feb. 25.
2010-01-03 previous day : The deal was signed on January 4. Mali attacked Togo the previous day.
2010-01-05 next day : The deal was signed on January 4. Mali attacked Togo the next day.
2010-01-04/2010-01-10 same week : The deal was signed on January 4. Mali attacked Togo the same week.
2010-01-04 that night : The deal was signed on January 4. Mali attacked Togo that night.
2010-01-06 two days later : The deal was signed on January 4. Mali attacked Togo two days later.
2010-01-03 the day before : The deal was signed on January 4. Mali attacked Togo the day before.
CASES

while read -r value rest; do
    expression=${rest%% : *}
    what="${rest#* : }"
    [ "$value" = - ] && expression="" && what="${rest#: }"
    "$DEMARCHE" explain --date 2010-02-17 "$what" >out 2>err || not_ok "$what: exit status $?"
    sed -n '/^Times told/,/^$/s/^  \([-0-9/]*\)  "\(.*\)" \[.*/\1 \2/p' out >told
    if [ "$value" = - ]; then
        lines told 0
    elif grep -qxF "$value $expression" told; then
        ok
    else
        not_ok "$what: not '$value $expression' but '$(tr '\n' ';' <told)'"
    fi
done <cases

# What is done is not dated by a day to come.
what="a deed of the past beside a day to come"
run 0 "$what" "$DEMARCHE" explain --date 2010-02-17 "France extended the embargo on Togo through March 13."
has_not out 'date 2010-03-13'
finish
