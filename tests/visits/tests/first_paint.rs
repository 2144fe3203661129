//! The first layer that an owner's server renders: there at first paint, taken over by Kelisim as it stands, and hidden
//! where there is nothing to ask or nobody to answer.

use std::collections::HashSet;

use serde_json::{Value, json};
use visits::internet::{Answer, Dam, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, Tag};
use visits::visit::{Visit, banner};
use visits::{shows, shows_equal};

use crate::owner::{Offer, kelisim};

const ADDRESS: &str = "https://rasco.kz/";

/// Remembers that the printed layer was shown, however soon it was hidden again.
pub(crate) const REMEMBER: &str = "<script>new MutationObserver(all => all.forEach(({target}) => { \
    window.wasShown ||= target.id === 'kelisim-root' && !target.hidden })) \
    .observe(document, {subtree: true, attributeFilter: ['hidden']})</script>";

/// The same of any layer: a script that is quicker than the printed one shows its own.
const REMEMBER_ANY: &str = "<script>new MutationObserver(all => all.forEach(({target, addedNodes}) => { \
    for (const one of [target, ...addedNodes]) window.wasShown ||= \
    one.id === 'kelisim-root' && !one.hidden && !!one.querySelector('[data-kelisim=banner]') })) \
    .observe(document, {subtree: true, childList: true, attributeFilter: ['hidden']})</script>";

/// Whether the printed layer is on the screen.
pub(crate) const SHOWS: &str = "const layer = document.querySelector(':root > #kelisim-root [data-kelisim=banner]'); \
    return !!layer && layer.getBoundingClientRect().height > 0";

/// Whether nothing of it is.
const HIDES: &str = "return !document.querySelector('[data-kelisim=banner]')?.getClientRects().length";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        f_13_kelisim_takes_the_printed_layer_over,
        f_13_what_is_pressed_before_kelisim_counts_once,
        f_13_only_the_visitor_s_answer_to_these_words_counts,
        f_13_a_visitor_who_is_not_asked_sees_nothing,
        f_13_without_kelisim_it_is_hidden,
        f_13_without_its_script_or_style_kelisim_shows_it,
        f_13_where_kelisim_is_faster_there_is_one_layer,
        f_13_a_single_file_takes_it_over,
        b_02_an_element_of_that_name_elsewhere_stays_the_page_s,
    ]
}

/// What the tool prints for a page, in its parts.
struct Printed {
    style: String,
    tag: String,
    body: String,
    policy: String,
}

impl Printed {
    fn in_language(language: &str) -> Printed {
        let printed = kelisim("snippet", &["--first-layer", "--lang", language]);
        let lines = |begins: &str| {
            printed
                .lines()
                .filter(|line| line.starts_with(begins))
                .collect::<String>()
        };
        Printed {
            style: lines("<style"),
            tag: lines("<link") + &lines("<script"),
            body: lines("<div"),
            policy: lines("Content-Security-Policy: ")["Content-Security-Policy: ".len()..].to_owned(),
        }
    }

    /// A page with all of it, in the places where the tool says.
    fn page(&self, language: &str) -> Page {
        Page::new(language)
            .before_tag(&self.style)
            .tag(&self.tag)
            .first(&self.body)
    }

    /// The same under the printed policy, and with Trusted Types enforced.
    fn page_under_policy(&self, language: &str) -> Page {
        let policy = format!(
            "{}; require-trusted-types-for 'script'; trusted-types kelisim",
            self.policy
        );
        self.page(language).header("Content-Security-Policy", &policy)
    }
}

/// A site on whose page Kelisim is on its way until the visit lets it go.
fn slow(page: &Page, dam: &Dam) -> Site {
    let dam = dam.clone();
    Site::of("rasco.kz")
        .page("/", page)
        .changes(Part::Script, move |script| script.behind(&dam))
}

/// Opens the page and waits for the printed layer, which Kelisim has not seen yet.
async fn open_early(visit: &Visit) {
    visit.open(ADDRESS).await;
    visit.until_true("the printed layer", SHOWS).await;
    shows!(
        "F-13",
        visit.script("return !window.kelisim").await == true,
        "it is there before Kelisim"
    );
}

pub(crate) async fn forget(visit: &Visit) {
    visit
        .script(
            "localStorage.clear(); sessionStorage.removeItem('kelisim-language'); \
             document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'",
        )
        .await;
}

/// Every element of Kelisim's in the page: its name, its attributes in any order, its words.
pub(crate) async fn elements(visit: &Visit) -> Value {
    visit
        .script(
            "const told = node => node.nodeType === 3 ? node.data : [node.localName, \
             [...node.attributes].map(a => a.name + '=' + a.value).sort(), \
             [...node.childNodes].filter(n => n.nodeType !== 3 || n.data).map(told)]; \
             return [...document.querySelectorAll('#kelisim-root')].map(told)",
        )
        .await
}

/// Where everything on the page stands.
pub(crate) async fn boxes(visit: &Visit) -> Vec<String> {
    strings(
        visit,
        "return [...document.body.querySelectorAll('*')].filter(e => e.localName !== 'script').map(e => { \
         const b = e.getBoundingClientRect(); return [e.localName, e.className, b.x, b.y, b.width, b.height].join(' ') })",
    )
    .await
}

/// How every element of the first layer looks.
pub(crate) async fn looks(visit: &Visit) -> Vec<String> {
    strings(
        visit,
        "return [...document.querySelectorAll('[data-kelisim=banner], [data-kelisim=banner] *')].flatMap(e => { \
         const s = getComputedStyle(e); return [...s].map(n => [e.localName, e.className, n, s.getPropertyValue(n)].join(' ')) })",
    )
    .await
}

async fn strings(visit: &Visit, body: &str) -> Vec<String> {
    let found = visit.script(body).await;
    let strings = found.as_array().unwrap().iter().map(|entry| entry.as_str().unwrap());
    strings.map(ToOwned::to_owned).collect()
}

/// What is not there any longer.
pub(crate) fn lost(before: &[String], after: &[String]) -> Vec<String> {
    let after: HashSet<&String> = after.iter().collect();
    before.iter().filter(|entry| !after.contains(entry)).cloned().collect()
}

/// Marks every element of the layer, and from now on notes at every frame whether it is to be seen, and what is taken out.
pub(crate) const WATCH: &str = "
    const root = document.getElementById('kelisim-root');
    root.querySelectorAll('[data-kelisim=banner], [data-kelisim=banner] *').forEach((e, place) => { e.place = place; });
    root.place = 'root';
    window.watched = { frames: 0, unseen: 0, removed: [] };
    const look = () => {
        const layer = document.querySelector('[data-kelisim=banner]');
        watched.frames += 1;
        if (!layer || !layer.getBoundingClientRect().height) watched.unseen += 1;
        requestAnimationFrame(look);
    };
    look();
    new MutationObserver(records => records.forEach(record => record.removedNodes.forEach(node =>
        node.nodeType === 1 && (node === root || root.contains(record.target)) && watched.removed.push(node.outerHTML))))
        .observe(document.documentElement, { childList: true, subtree: true });
    window.shift = { layer: 0, page: 0 };
    try {
        new PerformanceObserver(list => list.getEntries().forEach(entry => {
            const ours = entry.sources.length && entry.sources.every(source => root.contains(source.node));
            shift[ours ? 'layer' : 'page'] += entry.value;
        })).observe({ type: 'layout-shift', buffered: true });
    } catch {}
    document.querySelector('[data-kelisim=banner] [data-kelisim-action=reject]').focus();";

/// What became of the marked elements, in their order.
pub(crate) const PLACES: &str = "const root = document.getElementById('kelisim-root'); return [root.place, \
    [...root.querySelectorAll('[data-kelisim=banner], [data-kelisim=banner] *')].map(e => e.place), \
    document.activeElement.dataset.kelisimAction, document.body.previousElementSibling === root]";

async fn f_13_kelisim_takes_the_printed_layer_over(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    // The last page speaks another language than what was printed: a layer in that one takes its place.
    for (printed_in, page_in) in [("ru", "ru"), ("kk", "kk"), ("en", "en"), ("ru", "kk")] {
        let told = format!("{printed_in} on a page in {page_in}");
        let printed = Printed::in_language(printed_in);
        internet.change(|_| Site::of("rasco.kz").page("/", &Page::new(page_in).tag(&printed.tag)));
        visit.open_and_start(ADDRESS).await;
        visit.first_layer().await;
        let drawn = elements(&visit).await;

        let dam = Dam::default();
        internet.change(|_| slow(&printed.page_under_policy(page_in), &dam));
        open_early(&visit).await;
        visit.script(WATCH).await;
        let (stood, looked) = (boxes(&visit).await, looks(&visit).await);
        dam.let_go();
        visit.ready().await;
        visit.settles().await;
        shows_equal!("F-13", elements(&visit).await, drawn, "what Kelisim draws, {told}");
        let places = visit.script(PLACES).await;
        shows_equal!("F-13", places[2], "reject", "with the focus, {told}");
        shows_equal!("F-13", places[3], true, "in its place, {told}");
        let watched = visit.script("return [watched.unseen, shift.page]").await;
        shows_equal!("F-13", watched, json!([0, 0]), "no flash and no shift, {told}");
        if printed_in == page_in {
            let count = places[1].as_array().unwrap().len();
            shows_equal!(
                "F-13",
                json!([places[0], places[1], visit.script("return watched.removed").await]),
                json!(["root", (0..count).collect::<Vec<_>>(), []]),
                "the same elements, {told}"
            );
            shows_equal!(
                "F-13",
                visit.script("return shift.layer").await,
                0,
                "not in the layer, {told}"
            );
            shows_equal!(
                "F-13",
                lost(&stood, &boxes(&visit).await),
                Vec::<String>::new(),
                "nothing moves, {told}"
            );
            shows_equal!(
                "F-13",
                lost(&looked, &looks(&visit).await),
                Vec::<String>::new(),
                "one look, {told}"
            );
        }
        shows_equal!(
            "B-01",
            visit.violations().await,
            Vec::<String>::new(),
            "{told}: {}",
            printed.policy
        );
        shows_equal!(
            "F-13",
            visit.events("kelisim:shown").await.len(),
            1,
            "shown once, {told}"
        );
        shows_equal!("G-05", visit.record().await, None, "nothing is decided, {told}");
        // It is Kelisim's own from now on: the inline script neither keeps what is pressed nor hides it.
        visit.click(&format!("[data-kelisim-language={page_in}]")).await;
        visit
            .script_until_done(
                "const picture = new Image(); picture.onerror = () => setTimeout(done); picture.src = '/kelisim.png'; \
                 document.body.append(picture)",
            )
            .await;
        shows!("F-13", !visit.has("[aria-busy]").await, "nothing is kept, {told}");
        shows!("F-13", visit.script(SHOWS).await == true, "it stays, {told}");
        visit.answer("reject").await;
        shows_equal!("F-01", visit.recorded().await["method"], "reject", "{told}");
        forget(&visit).await;
    }
}

async fn f_13_what_is_pressed_before_kelisim_counts_once(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for (pressed, method) in [
        (vec!["reject"], "reject"),
        // The last word holds.
        (vec!["accept", "reject"], "reject"),
        (vec!["reject", "settings"], ""),
        // The only one that grants comes last, so that until then no vendor is asked at all.
        (vec!["accept", "accept"], "accept"),
    ] {
        let dam = Dam::default();
        internet.change(|_| slow(&printed.page_under_policy("ru"), &dam));
        open_early(&visit).await;
        let stood = boxes(&visit).await;
        for action in &pressed {
            visit.click(&banner(action)).await;
        }
        let last = pressed.last().unwrap();
        let busy = "return [...document.querySelectorAll('[aria-busy]')].map(e => e.dataset.kelisimAction + ' ' + getComputedStyle(e).outlineStyle)";
        shows_equal!(
            "F-13",
            visit.script(busy).await,
            json!([format!("{last} solid")]),
            "it shows what was pressed"
        );
        shows_equal!(
            "F-13",
            lost(&stood, &boxes(&visit).await),
            Vec::<String>::new(),
            "and nothing moves"
        );
        shows_equal!("G-05", visit.record().await, None, "nothing is decided without Kelisim");
        shows!(
            "G-01",
            internet.requests_to_vendors().is_empty(),
            "no vendor is asked yet"
        );
        dam.let_go();
        visit.ready().await;
        if method.is_empty() {
            visit.settings_open().await;
            visit.settles().await;
            shows_equal!("F-13", visit.record().await, None, "to look is no answer");
            shows_equal!("F-13", visit.script(busy).await, json!([]), "nothing waits any longer");
        } else {
            visit.settled_decisions(1).await;
            let record = visit.recorded().await;
            shows_equal!("F-13", record["method"], method, "{pressed:?}");
            shows_equal!("F-13", record["history"], json!([]), "once: {pressed:?}");
            shows_equal!(
                "F-13",
                visit.events("kelisim:decision").await.len(),
                1,
                "once: {pressed:?}"
            );
            shows!("F-13", !visit.asks().await, "the layer is gone: {pressed:?}");
        }
        shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{pressed:?}");
        forget(&visit).await;
    }
}

async fn f_13_only_the_visitor_s_answer_to_these_words_counts(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let stale = printed.body.replacen("Отклонить все", "Закрыть", 1);
    assert!(stale != printed.body);
    let press = |action: &str| format!("document.querySelector('{}').click()", banner(action));

    // A script of the page presses, which is no answer; it may refuse.
    let dam = Dam::default();
    let internet = Internet::with([slow(&printed.page("ru"), &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    for (action, kept) in [("accept", 0), ("settings", 0), ("reject", 1)] {
        visit.script(&press(action)).await;
        let waiting = visit
            .script("return document.querySelectorAll('[aria-busy]').length")
            .await;
        shows_equal!("G-05", waiting, kept, "{action} by a script");
    }
    dam.let_go();
    visit.settled_decisions(1).await;
    shows_equal!(
        "F-13",
        visit.recorded().await["method"],
        "reject",
        "refused for the visitor"
    );
    forget(&visit).await;

    // The page speaks another language: the answer is to the words that were read, and the record says so.
    let dam = Dam::default();
    internet.change(|_| slow(&printed.page("kk"), &dam));
    open_early(&visit).await;
    visit.click(&banner("accept")).await;
    dam.let_go();
    visit.settled_decisions(1).await;
    let record = visit.recorded().await;
    shows_equal!("R-02", record["language"], "ru", "what was read");
    forget(&visit).await;

    // What an old page asks is not what Kelisim asks now: it is asked anew.
    let dam = Dam::default();
    let old = Printed { body: stale, ..printed };
    internet.change(|_| slow(&old.page("ru"), &dam));
    open_early(&visit).await;
    visit.click(&banner("accept")).await;
    dam.let_go();
    visit.ready().await;
    visit.settles().await;
    shows!("G-05", visit.asks().await, "it is asked anew");
    // Nor does what only looks like a visitor's click, handed over as one.
    visit
        .script(
            "const target = document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]'); \
             const looks = { type: 'click', isTrusted: true, target }; \
             const better = Object.create(MouseEvent.prototype, Object.fromEntries(Object.entries(looks).map(([k, value]) => [k, { value }]))); \
             for (const detail of [looks, better]) dispatchEvent(new CustomEvent('kelisim:kept', { detail }))",
        )
        .await;
    visit.settles().await;
    shows_equal!("G-05", visit.record().await, None, "and nothing was granted");
}

/// Opens the page while Kelisim is still on its way, gives whether the layer is shown, and lets Kelisim begin.
async fn shown_at_once(visit: &Visit, page: &Page) -> bool {
    let dam = Dam::default();
    visit.internet.change(|_| slow(page, &dam));
    visit.open(ADDRESS).await;
    let shown = visit.script(SHOWS).await == true;
    dam.let_go();
    visit.ready().await;
    shown
}

async fn f_13_a_visitor_who_is_not_asked_sees_nothing(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let page = printed.page("ru");
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    shows!(
        "F-13",
        shown_at_once(&visit, &page).await,
        "nothing is stored, nothing is sent: it is asked at once"
    );
    visit.answer("reject").await;
    visit.recorded().await;
    let quiet = "return [document.querySelectorAll('#kelisim-root').length, document.querySelectorAll('[data-kelisim=banner]').length, \
         document.getElementById('kelisim-root').hidden, document.documentElement.lastElementChild.id]";
    // With the record and the cookie of the scope, with either of them, and with what is no record.
    for (taken, asks) in [
        ("", false),
        ("localStorage.removeItem('kelisim')", false),
        (
            "document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'; localStorage.setItem('kelisim', 'x')",
            true,
        ),
    ] {
        visit.script(taken).await;
        shows!(
            "F-13",
            !shown_at_once(&visit, &page).await,
            "something is stored: {taken}"
        );
        if asks {
            // Kelisim reads it, and asks once it has what a question needs.
            visit.first_layer().await;
        } else {
            visit.settles().await;
            shows_equal!(
                "F-13",
                visit.script(quiet).await,
                json!([1, 0, false, "kelisim-root"]),
                "{taken}"
            );
        }
    }
    forget(&visit).await;

    let signal =
        "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {configurable: true, value: true})</script>";
    let signalled = page.clone().before_tag(signal);
    shows!(
        "S-01",
        !shown_at_once(&visit, &signalled).await,
        "the browser has answered"
    );
    shows_equal!(
        "S-01",
        visit.script(quiet).await,
        json!([1, 0, false, "kelisim-root"]),
        "and Kelisim asks nothing"
    );

    let denied = "<script>Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})</script>";
    let closed = page.clone().before_tag(denied);
    shows!(
        "G-09",
        !shown_at_once(&visit, &closed).await,
        "nobody knows what is stored"
    );
    visit.until_true("a question of Kelisim's", SHOWS).await;
    shows_equal!("G-09", visit.errors().await, Vec::<String>::new(), "nothing is thrown");
}

async fn f_13_without_kelisim_it_is_hidden(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let page = printed.page("ru").before_tag(REMEMBER_ANY);
    let site = || Site::of("rasco.kz").page("/", &page);
    let internet = Internet::with([site()]);
    let visit = visitor.comes_early_to(&internet).await;
    let tagless = page.clone().tag("");
    let no_wasm = page.clone().before_tag("<script>delete window.WebAssembly</script>");
    let unpinned = page.clone().tag(Tag::recommended());
    for (why, site) in [
        ("no script", site().answers("/kelisim/kelisim.js", Answer::missing())),
        (
            "another script than the pinned one",
            site().answers("/kelisim/kelisim.js", Answer::script("1")),
        ),
        (
            "half of a script",
            site()
                .page("/", &unpinned)
                .changes(Part::Script, |script| script.cut_to(1, 2)),
        ),
        ("no tag", site().page("/", &tagless)),
        ("no module", site().changes(Part::Module, |_| Answer::missing())),
        (
            "no settings",
            site().changes(Part::settings("ru"), |_| Answer::missing()),
        ),
    ] {
        internet.change(|_| site);
        visit.open(ADDRESS).await;
        visit.until_true(why, HIDES).await;
        shows!(
            "F-13",
            visit.script("return wasShown").await == true,
            "it was there: {why}"
        );
        shows_equal!("G-05", visit.record().await, None, "{why}");
        visit.click("#send").await;
    }
    // Where nobody could ever answer, nobody is asked.
    internet.change(|_| site().page("/", &no_wasm));
    visit.open(ADDRESS).await;
    visit.settles().await;
    shows!(
        "F-13",
        visit.script(HIDES).await == true && visit.script("return window.wasShown !== true").await == true,
        "no WebAssembly"
    );

    // What was pressed meanwhile is no answer.
    let dam = Dam::default();
    internet.change(|_| site().answers("/kelisim/kelisim.js", Answer::missing().behind(&dam)));
    open_early(&visit).await;
    visit.click(&banner("accept")).await;
    dam.let_go();
    visit.until_true("nothing to be seen", HIDES).await;
    visit.settles().await;
    shows_equal!("G-05", visit.record().await, None, "nothing is granted");
    shows!("G-08", internet.requests_to_vendors().is_empty(), "no vendor");
    shows_equal!(
        "G-02",
        visit.script("return document.cookie").await,
        "",
        "nothing is stored"
    );

    // What it needs comes too late to be waited for, or never: the clock of the page says when.
    let dam = Dam::default();
    let clock = "<script>const later = setTimeout; window.setTimeout = (go, wait) => later(go, wait === 9000 ? 0 : wait)</script>";
    let never = page.clone().before_tag(clock);
    let late = dam.clone();
    internet.change(|_| {
        site()
            .page("/", &never)
            .changes(Part::settings("ru"), move |settings| settings.behind(&late))
    });
    visit.open(ADDRESS).await;
    visit.until_true("nothing to be seen", HIDES).await;
    dam.let_go();
    visit.ready().await;
    visit.until_true("the layer once Kelisim is there", SHOWS).await;
}

async fn f_13_without_its_script_or_style_kelisim_shows_it(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let (script, style) = {
        let hash = |directive: &str| {
            let rest = printed.policy.split_once(directive).unwrap().1;
            let begins = rest.find("'sha256-").unwrap();
            rest[begins..].split([' ', ';']).next().unwrap().to_owned()
        };
        (hash("script-src"), hash("style-src"))
    };
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for source in [script, style] {
        let policy = printed.policy.replace(&format!(" {source}"), "");
        assert!(policy != printed.policy);
        let page = printed.page("ru").header("Content-Security-Policy", &policy);
        let dam = Dam::default();
        internet.change(|_| slow(&page, &dam));
        visit.open(ADDRESS).await;
        visit.until_requested("rasco.kz", "/kelisim/kelisim.js").await;
        shows!("F-13", visit.script(HIDES).await == true, "without {source}");
        dam.let_go();
        visit.ready().await;
        visit.until_true("the layer", SHOWS).await;
        shows_equal!(
            "F-13",
            visit
                .script("return document.querySelectorAll('#kelisim-root').length")
                .await,
            1,
            "{source}"
        );
    }
}

async fn f_13_where_kelisim_is_faster_there_is_one_layer(visitor: Visitor) {
    let printed = Printed::in_language("ru");
    let page = printed.page("ru").tag(Tag::synchronous());
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    let roots = "return [document.querySelectorAll('#kelisim-root').length, document.querySelectorAll('[data-kelisim=banner]').length]";
    visit.open_and_start(ADDRESS).await;
    shows_equal!("F-13", visit.script(roots).await, json!([1, 1]), "one layer");
    shows!("F-13", visit.script(SHOWS).await == true, "and it is to be seen");
    visit.answer("reject").await;
    visit.recorded().await;
    visit.reload().await;
    shows_equal!(
        "F-13",
        visit.script(roots).await,
        json!([1, 0]),
        "nothing is asked, nothing is left of it"
    );
}

async fn f_13_a_single_file_takes_it_over(visitor: Visitor) {
    let offer = Offer::built(visitor.engine, &["--single-file"]);
    let script = offer.file("/kelisim/kelisim.js").to_vec();
    let printed = Printed::in_language("kk");
    let page = printed.page_under_policy("kk");
    let dam = Dam::default();
    let site = Site::of("rasco.kz").page("/", &page);
    let internet = Internet::with([site
        .clone()
        .answers("/kelisim/kelisim.js", Answer::script(script).behind(&dam))]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    visit.script(WATCH).await;
    visit.click(&banner("accept")).await;
    dam.let_go();
    visit.settled_decisions(1).await;
    let record = visit.recorded().await;
    shows_equal!(
        "F-13",
        (&record["method"], &record["language"]),
        (&json!("accept"), &json!("kk")),
        "one answer"
    );
    shows_equal!(
        "F-13",
        visit
            .script("return document.getElementById('kelisim-root').place")
            .await,
        "root",
        "the same element"
    );
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "{}",
        printed.policy
    );
    forget(&visit).await;

    internet.change(|_| site.answers("/kelisim/kelisim.js", Answer::missing()));
    visit.open(ADDRESS).await;
    visit.until_true("nothing to be seen", HIDES).await;
}

async fn b_02_an_element_of_that_name_elsewhere_stays_the_page_s(visitor: Visitor) {
    // What a site lets its readers write may have an id, and a style.
    let comment = "<article><div id=\"kelisim-root\" style=\"display: none !important\">mine</div></article>";
    let internet = Internet::with([Site::of("rasco.kz").page("/", &Page::new("ru").body(comment))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.until_true("Kelisim's own layer", SHOWS).await;
    let theirs = visit
        .script("return document.querySelector('article').textContent")
        .await;
    shows_equal!("B-02", theirs, "mine", "it is as it was");
}
