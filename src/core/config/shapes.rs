//! What the owner may write: the shape of `site.json`, as one text that the check walks along a document.
//!
//! As a text it weighs a third of what the same table weighs in structs, and its keys are also the words that a slip is
//! compared with. What it cannot say (ids are unique, a category exists) is code in [`mod@super::check`].

use super::words::find;

/// Every object, one a line: `name=key=KIND|key=KIND`. Before the capital letter or mark of a kind stand small letters:
///
/// | | |
/// |---|---|
/// | `n` | needed: missing where it is absent or empty |
/// | `k`, `g` | needed under the law of Kazakhstan (`kz`); needed under the GDPR (`gdpr`) |
/// | `e` | may be an empty list all the same |
/// | `o` | may be absent, but not empty |
/// | `f` | fixed by the vendor: the manifest of a service with `use` says it, the owner may not |
///
/// | kind | is |
/// |---|---|
/// | `{x` | the object of the line `x` |
/// | `[K` | a list, each item of the kind `K` |
/// | `(a/b` | one of these words |
/// | `T` | text |
/// | `?` | true or false |
/// | `W` | a path on this site (the contract's `receipts`) |
/// | `F` | text that is not blank |
/// | `L` | an address: `https:` or relative (requirement B-02) |
/// | `E` | an e-mail address |
/// | `B` | a BIN or IIN (requirement O-01) |
/// | `D` | a domain that one owner can have (requirement B-04) |
/// | `N` | a whole number of days, 180 to 1095 (requirement V-01) |
/// | `U`, `Z` | a vendor's parameter: a whole number, or its digits as text; letters, digits, `-`, `_`, `.` |
/// | `I`, `C` | a new id of a category or service; the id of a category that is there |
/// | `K`, `c` | the code of a country, or a list of them (Law 94-V, art. 8(4)(5)); one such code |
/// | `H`, `l` | the offered languages; one of them |
/// | `P`, `Q` | a code of the table of purposes of stored names, or of collected data, or a sentence |
/// | `R` | words: one for all languages, or for each |
/// | `S` | a sentence: words in each language (requirement L-05) |
/// | `G` | the name of something stored, with `*` for any characters |
/// | `M` | a lifetime: `session`, `unlimited`, `30m`, `20h`, `365d` |
/// | `A`, `V` | a category, which has the line `category`; a service, which has the line `service` |
/// | `O` | the operator, who has the line `operator` |
/// | `Y`, `&` | for categories, lists of Google's consent types; one of them |
/// | `X`, `%` | for languages, the texts of one; the texts of one language |
/// | `!x` | a text that is not for the owner to replace, though there is one of the name `x` |
/// | `~` | the value of a token |
///
/// Law 94-V, art. 8(4)(1), asks for the operator, art. 8(4)(7) for the data, art. 8(7) for the letter of withdrawal;
/// the GDPR, art. 13(1)(a), for identity and contact details. Things are checked from left to right: languages come
/// before words, categories before services.
const SHAPES: &str = "\
site=law=o[(kz/gdpr|languages=nH|operator=nO|policy=n{policy|scope=D|expiresDays=N|categories=[A|services=[V\
|excludeCountries=[c|googleConsentMode=Y|withdrawal=k{withdrawal|texts=X|appearance={appearance\
|audience=(everyone/minors|onWithdraw=(reload/stay|signals={signals|receipts=W|audit=?
signals=gpc=(all/marketing|dnt=?
operator=name=nT|email=gE|address=gT|bin=B|iin=B|phone=T
policy=url=nL|version=nT
category=id=nI|name=R|purpose=S
service=use=T|id=nI|category=nC|name=R|src=fL|recipient=fnR|country=fnK|purpose=nS|data=k[Q|storage=fne[{stored\
|policy=fL
stored=name=nG|in=n(cookie/localStorage/sessionStorage|lifetime=nM|purpose=P|host=T
withdrawal=email=nE|subject=nT|correctionSubject=T
appearance=layout=(bar/box|position=(bottom/top/bottom-start/bottom-end|theme=(auto/light/dark|reopen=(button/link\
|tokens={tokens
tokens=accent=~|accent-text=~|background=~|surface=~|text=~|muted=~|border=~|control=~|focus=~|shadow=~|radius=~\
|font=~|font-size=~|gap=~|max-width=~|z-index=~";

/// The keys of an object and their kinds.
pub(super) fn shape(name: &str) -> &'static str {
    find(SHAPES, b'\n', name).unwrap_or_default()
}
