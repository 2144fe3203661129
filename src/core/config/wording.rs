//! The owner's own words: what they must not say to a visitor who is about to choose.
//!
//! Visitors pay nothing for this: it is compiled for the owner's tool and for `diagnosis.wasm`, and the verdict of the
//! visitor's script does not see it. What weakens consent in its structure (a key for legitimate interest, something on
//! by default, a service that is called necessary) closes everything there; a word that presses does not, because the
//! lexicons would weigh more than the rest of the check.
//!
//! A pattern is a few words in small letters. `*` ends the beginning of a word, `|` stands between words of which one has
//! to be there, `_` is up to three words in between and `__` up to eight, none of which denies and none of which ends the
//! sentence, and `^` stands before words of which none is among the next three: "using the switches" is no use of the
//! site. Whole words are compared, in any language: a Russian sentence in a Kazakh text presses as much.

use super::Problem;
use crate::core::letters::{after, halves};
use crate::core::pile::Pile;
use crate::core::value::{Value, Words, Writer};

/// Words of which a purpose that says nothing consists (EDPB guidelines 05/2020 and WP 203: "improving users'
/// experience", "marketing purposes", "IT-security purposes", "future research"; Law 94-V, art. 7).
const HOLLOW: &[&str] = &[
    "улучш*|повыш*|качеств*|оптимиз*|персонализ*|опыт|опыта|удобств*|удобн*|комфорт*|эффективн*|совершенств*|развити*",
    "маркетинг*|безопасност*|исследовани*|иные|иных|прочие|прочих|разные|разных|различн*",
    "лучше|аналитическ*|аналитика|аналитики|аналитику|статистическ*|разработк*",
    "жақсарт*|жақсару*|арттыр*|сапа*|оңтайланд*|дербестенд*|жекеленд*|тәжірибе*|ыңғайл*|қолайл*|жетілдір*|дамыт*",
    "дамуы*|тиімділі*|қауіпсіздік*|қауіпсіздігі*|түрлі|әртүрлі|өзге|бейімде*|аналитикалық|жақсырақ|әзірле*",
    "improv*|enhanc*|quality|optimi*|personali*|experience*|better|best|convenien*|comfort*|various|other|marketing",
    "security|research|develop*|efficien*|tailor*|analytics|analytical|statistical",
];

/// Words that make none of those specific.
const FILLING: &[&str] = &[
    ".|а|в|во|для|и|или|к|на|о|об|от|по|при|с|со|также|чтобы|это|этот|этого|наш*|ваш*|мы|вы|вам|вас|нам|нас|все*|более",
    "больше|лучш*|наиболее|максимальн*|сайт*|веб|страниц*|портал*|платформ*|приложени*|сервис*|услуг*|продукт*|товар*",
    "работ*|функци*|цель|цели|целей|целях|пользовател*|пользован*|использован*|клиент*|посетител*|взаимодейств*",
    "обслуживан*|контент*|предоставл*|обеспеч*|потребност*|интерес*|интерфейс*|деятельност*|компани*|бизнес*|постоянн*",
    "будущ*|новые|новых|новый|новой|общ*|персональн*|личн*|индивидуальн*|файл*|данных|данные|делаем|делать|сделать",
    "мен|және|үшін|біз*|сіз*|бұл|осы|да|де|бірге|барлық|ең|неғұрлым|жеке|өзара|әрекет*|қызмет*|көрсету*|пайдалан*",
    "жұмыс*|өнім*|мақсат*|мазмұн*|келуші*|тұтынушы*|қосымша*|қамтамасыз|ету|ету*|жасау*|болашақ*",
    "болу*|болады|жаңа|қалау*|талғам*",
    "the|a|an|of|for|to|and|or|in|on|with|by|our|your|we|us|you|it|its|this|that|is|are|be|as|so|more|all|them|their",
    "site*|website*|web|page*|portal|platform|app|service*|product*|user*|visitor*|customer*|client*|purpose*|content",
    "use|using|work*|provid*|offer*|make|making|give|giving|ensur*|function*|performance|business*|need*|interest*",
    "may|might|will|would|new|collect*|process*|information|future|general|overall|cookie*|data|personal|browsing|online|digital|possible|can|help*",
];

/// Guilt and fear (EDPB guidelines 03/2022, "Emotional steering"; requirement F-06).
const GUILT: &[&str] = &[
    "к сожалению",
    "нам|очень жаль|грустно",
    "вы _ потеряете|лишитесь|упустите|пожалеете",
    "не отказывайтесь|отклоняйте",
    "не упустите|пропустите|теряйте",
    "вы уверены что",
    "точно хотите",
    "большинство _ принимают|принимает|соглашаются|соглашается|выбирают",
    "сайт не будет|сможет _ работать ^хуже|медленнее|иначе",
    "может|могут|будет|будут|начнет работать _ некорректно|неправильно|нестабильно|неполноценно|хуже",
    "чтобы _ продолжить|войти _ примите|согласитесь|разрешите|дайте",
    "сайт _ не работает",
    "помогите нам",
    "поддержите нас",
    "пожалуйста примите|разрешите|согласитесь|не",
    "unfortunately",
    "sad to see",
    "we are|re sorry",
    "were sorry",
    "you will|ll _ miss|lose|regret",
    "youll _ miss|lose|regret",
    "miss out",
    "dont miss",
    "are you sure",
    "most _ visitors|users|people|customers _ accept|agree|allow|choose",
    "to continue _ accept|agree|allow",
    "please accept|agree|allow|consent|dont|help",
    "please do not",
    "help us by",
    "support us",
    "dont refuse|reject|decline",
    "site|website wont _ work ^worse|slower|differently",
    "site|website will not _ work ^worse|slower|differently",
    "parts|features|functions|site|website|pages _ may|might|could|will not _ work|function _ properly|correctly|fully",
    "өкінішке",
    "өкінеміз|өкінесіз",
    "қабылдауды|келісуді|беруді _ өтінеміз",
    "қабылдаңызшы|келісіңізші",
    "айырыласыз",
    "айырылып қаласыз",
    "тартпаңыз|тартпаңызшы",
    "жіберіп алмаңыз|алмаңыздар",
    "сенімдісіз бе",
    "көбі|көпшілігі _ қабылдайды|келіседі|таңдайды",
    "өтініш|өтінеміз|өтінемін _ қабылдаңыз|келісіңіз|беріңіз|етіңіз",
    "жалғастыру үшін _ қабылдаңыз|келісіңіз|беріңіз",
    "бізді қолдаңыз|қолдап",
    "сайт _ жұмыс істемейді",
    "дұрыс жұмыс істемейді|істемеуі",
    "бізге көмектесіңіз",
];

/// The same, in words that a purpose may have: "shows recommended courses".
const GUILT_BESIDE_THE_CHOICE: &[&str] = &[
    "рекомендуем|рекомендуется|рекомендовано|советуем|нежелательно",
    "потерять|упустить",
    "recommended|inadvisable",
    "we recommend|advise",
    "нет _ люблю|обожаю|предпочитаю|нравится|нравятся",
    "no _ i like|love|prefer|enjoy|hate",
    "no _ i dont like|care",
    "жоқ _ ұнайды|ұнатамын",
    "қабылда*|келіс*|рұқсат _ ұсынамыз|ұсынылады|ұсынылған|кеңес",
];

/// Urgency (EDPB guidelines 03/2022; requirement F-06).
const URGENCY: &[&str] = &[
    "срочно|поторопитесь|поспешите|спешите|успейте",
    "только сегодня|сейчас",
    "последний шанс",
    "примите|согласитесь|разрешите сейчас|скорее|немедленно",
    "пока не поздно",
    "осталось _ секунд*|минут*|час|часа|часов",
    "время ограничено",
    "предложени*|акци* _ ограничен*",
    "hurry|urgent|urgently",
    "last chance",
    "only today",
    "today only",
    "act|accept|agree|decide now",
    "limited time",
    "ends|expires soon",
    "before it is too late",
    "seconds|minutes|hours left|remaining",
    "асығыңыз|асығыңыздар|үлгеріңіз|үлгеріп|шұғыл",
    "тек бүгін|қазір",
    "соңғы мүмкіндік",
    "уақыт шектеулі",
    "секунд|минут|сағат қалды",
    "пайдаланып қалыңыз",
    "қазір қабылдаңыз|келісіңіз",
];

/// A price for consent (EDPB guidelines 05/2020, on consent that is freely given; requirement F-06).
const REWARD: &[&str] = &[
    "получите|получи|получайте _ скидк*|бонус*|подар*|приз*|промокод*|бесплатн*",
    "скидк*|бонус*|подарок|подарки|подарка|баллы за _ согласие",
    "за согласие _ начисл*|дарим|подарим|дадим|вернем|получ*",
    "выиграйте|выиграй",
    "get|win|receive|earn _ discount*|bonus*|gift*|prize*|coupon*|reward*",
    "free gift|gifts",
    "жеңілдік|жеңілдікті|бонус|бонусты|сыйлық|сыйлықты|сыйақы _ алыңыз|аласыз|ұтыңыз",
    "ұтып алыңыз",
];

/// The same, and praise, in words that a purpose may have: "counts the bonus points of an order".
const REWARD_BESIDE_THE_CHOICE: &[&str] = &[
    "скидк*|бонус*|подарок|подарк*|промокод*|акция|акции|розыгрыш*|вкусн*|печеньк*|угоща*",
    "бесплатный|бесплатные _ доступ|курс*|урок*",
    "лучший|лучшего|лучшее|максимальный|максимального|незабываем* опыт|опыта|впечатлени*",
    "выгодн*|эксклюзивн*|специальн*|лучши* предложени*|цен*",
    "улучш* _ опыт|опыта",
    "discount*|bonus*|gift*|prize*|coupon*|promo|yummy|tasty|delicious",
    "free course*|lesson*|access",
    "best|better|great|perfect|full experience",
    "improv*|enhanc* _ experience",
    "exclusive|special|best offer*|deal*|price*",
    "жеңілдік*|бонус*|сыйлық*|сыйақы*|промокод*|дәмді*",
    "тегін курс*|сабақ*",
    "ең жақсы|үздік тәжірибе*",
    "тәжірибе* _ жақсарт*|арттыр*",
    "арнайы|тиімді|үздік ұсыныс*",
];

/// Consent that is taken from staying on the site (EDPB guidelines 05/2020; CJEU, Planet49; requirements G-05, F-11).
const IMPLIED: &[&str] = &[
    "используя|продолжая|оставаясь|пользуясь|посещая|просматривая ^кнопк*|переключател*|настройк*|форм*|флажк* \
     __ соглаша*|принима*|даете|подтвержда*",
    "закрывая|находясь|заходя|переходя|прокручивая|пролистывая __ соглаша*|принима*|даете|подтвержда*",
    "соглаша*|принима*|даете|подтвержда* __ используя|продолжая|оставаясь|пользуясь|посещая|закрывая|находясь \
     ^кнопк*|переключател*|настройк*|форм*|флажк*",
    "если|когда _ продолжите|продолжаете|останетесь|остаетесь __ согласны|соглаша*|принимаете|даете",
    "использование|посещение|просмотр _ сайта|сайтом __ означает|подразумевает|является|считается|выражает \
     _ согласие|согласием",
    "автоматически соглаша*|согласны|принимаете|даете",
    "by using|continuing|browsing|staying|visiting|closing|scrolling|accessing|entering|viewing \
     ^button*|switch*|setting*|form|control*|toggle* __ agree|accept|consent|agreeing|accepting",
    "by clicking|tapping|pressing _ anywhere|any|outside|elsewhere|link|links __ agree|accept|consent",
    "agree|accept|consent __ by using|continuing|browsing|staying|visiting|closing|scrolling \
     ^button*|switch*|setting*|form|control*|toggle*",
    "using|continuing|continued|use __ means|constitutes|implies|signifies _ agree|accept|consent|acceptance|agreement",
    "if|when you continue|stay|keep|proceed ^consent|consenting|accepting|agreeing __ agree|accept|consent|assume",
    "automatically agree|accept|consent|agreeing|accepting",
    "пайдалана|жалғастыра|қала|бола|кіре|жаба|қарай|шола|оқи|айналдыра отырып \
     __ келісесіз|келістіңіз|келіскеніңіз*|қабылдайсыз",
    "пайдалана|жалғастыра|қала|бола|кіре|жаба|қарай|шола|оқи|айналдыра отырып \
     __ келісім|келісіміңізді _ бересіз|бердіңіз|білдіресіз",
    "пайдалансаңыз|жалғастырсаңыз|қалсаңыз|кірсеңіз|жапсаңыз __ келісесіз|келістіңіз|келіскеніңіз*|қабылдайсыз",
    "пайдалансаңыз|жалғастырсаңыз|қалсаңыз|кірсеңіз|жапсаңыз __ келісім|келісіміңізді _ бересіз|бердіңіз|білдіресіз",
    "пайдалану|болу|қалу|жалғастыру|кіру|жабу|қарау|айналдыру арқылы __ келісесіз|қабылдайсыз|бересіз|білдіресіз",
    "пайдалану|пайдалануыңыз|қалуыңыз|кіруіңіз __ келісімді|келісуді|келісіміңізді|келіскеніңізді|бергеніңізді \
     _ білдіреді",
    "автоматты түрде келісесіз|қабылдайсыз|келісім",
];

/// Consent in one breath with a policy or an offer (GDPR, art. 7(2); Russian Federal Law 156-FZ; requirement F-11).
const BUNDLED: &[&str] = &[
    "принимаю|принимаете|принимая|принять|примите|приму _ политику|условия|оферту|правила|соглашение",
    "соглашаюсь|соглашаетесь|соглашаясь|согласиться|согласен|согласна|согласны _ политикой|условиями|офертой|правилами",
    "согласие|согласия с|со _ политикой|условиями|офертой|правилами|соглашением",
    "agree|agreeing _ policy|policies|terms",
    "consent|consenting to _ policy|policies|terms",
    "accept|accepting _ policy|policies|terms",
    "саясатты|саясатын|саясатымызды|шарттарды|шарттарын|ережелерді|ережелерін|офертаны _ қабылдаймын|қабылдайсыз",
    "саясатты|саясатын|саясатымызды|шарттарды|шарттарын|ережелерді|ережелерін|офертаны _ қабылдау|қабылдаңыз|қабылдаңыздар",
    "саясатпен|саясатымен|саясатымызбен|шарттармен|шарттарымен|ережелермен|офертамен _ келісемін|келісесіз|келісу|келісіңіз",
    "саясатқа|саясатына|шарттарға|шарттарына|ережелерге|офертаға ^сәйкес _ келісемін|келісесіз|келісу|келісіңіз",
    "келісімін|келісімді|келісімшартты|келісімшартын қабылдаймын|қабылдайсыз|қабылдау",
];

/// Labels that refuse in so many words (requirement F-05).
const REFUSALS: &[&str] = &[
    "отклон*|отказ*|отверг*|запретить|нет|против",
    "не принима*|принять|соглаш*|согласен|согласна|разреш*|хочу|надо|нужно|даю|давать",
    "только _ необходим*|обязательн*|техническ*",
    "reject*|refus*|declin*|deny|disagree|disallow*|block*|no",
    "opt out",
    "not|dont accept|agree|allow|consent",
    "only _ necessary|essential|required",
    "necessary|essential _ only",
    "бас тарт*",
    "қабылдама*|келіспе*|жоқ|қарсымын",
    "керек емес",
    "тыйым сал*",
    "рұқсат берме*|етпе*",
    "тек _ қажет*|міндетті*",
];

/// Words that take a refusal back, put it off, or only close what is there (EDPB guidelines 03/2022, "Ambiguous
/// wording").
const EVASIONS: &[&str] = &[
    "закры*|продолж*|позже|позднее|потом|понятно|хорошо|ок|пропустить|скрыть|напомн*|настро*",
    "не сейчас|отклон*|отказ*|запрет*|отверг*",
    "close|closing|continue|later|ok|okay|dismiss|skip|hide|remind*|settings",
    "not now",
    "got it",
    "not|dont|never reject*|refus*|declin*|deny|disagree",
    "жабу|жабыңыз|жалғастыр*|кейін|кейінге|кейінірек|түсінікті|өткізіп|жасыру|баптау*",
    "қазір емес",
    "тартпа*",
];

/// Words that deny what follows, or what they stand between.
const DENIALS: &str = "не|ни|ничего|not|dont|never|nothing|емес";

/// The languages of the lexicons: only in these is it known how one refuses.
const OURS: [&str; 3] = ["kk", "ru", "en"];

/// A lexicon with the code of what it finds.
type Lexicon = (&'static &'static str, &'static [&'static str]);

/// What no words may say.
const ANYWHERE: [Lexicon; 5] = [
    (&"guilt", GUILT),
    (&"urgency", URGENCY),
    (&"reward", REWARD),
    (&"impliedConsent", IMPLIED),
    (&"bundledConsent", BUNDLED),
];

/// What the words around the choice may not say either.
const BESIDE_THE_CHOICE: [Lexicon; 2] = [
    (&"guilt", GUILT_BESIDE_THE_CHOICE),
    (&"reward", REWARD_BESIDE_THE_CHOICE),
];

/// What words are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A name: only what is no word at all.
    Name,
    /// What a category, a service or something stored is for.
    Purpose,
    /// What is necessary is for: nobody chooses it, so what a site cannot do without it is no threat.
    Necessary,
    /// What stands around the choice.
    Text,
    /// The label of the refusal, in a language of the lexicons.
    Refusal,
}

/// Everything that the owner's words must not say, in the order of the document.
pub fn wording(document: &'static Value) -> &'static [Problem] {
    let mut reader = Reader {
        path: Writer::default(),
        problems: Pile::new(),
    };
    reader.members(document, "categories", |reader, category| {
        reader.words(category, "name", Role::Text);
        reader.words(category, "purpose", Role::Purpose);
    });
    reader.members(document, "services", |reader, service| {
        reader.words(service, "name", Role::Name);
        reader.words(service, "purpose", Role::Purpose);
        reader.members(service, "storage", |reader, stored| {
            // One string may be a code of the table.
            if stored.get("purpose").is_map() {
                reader.words(stored, "purpose", Role::Purpose);
            }
        });
    });
    for (language, texts) in *document.get("texts").entries() {
        for (key, text) in *texts.entries() {
            let role = if *key == "necessaryPurpose" {
                Role::Necessary
            } else if key.ends_with("Purpose") {
                Role::Purpose
            } else if *key == "reject" && OURS.contains(language) {
                Role::Refusal
            } else {
                Role::Text
            };
            reader.within(&["texts.", *language, ".", *key], |reader| {
                reader.text(&text.words(), role);
            });
        }
    }
    reader.problems.done()
}

/// Where in the document the reading is, and what it has found.
struct Reader {
    path: Writer,
    problems: Pile<Problem>,
}

impl Reader {
    fn within(&mut self, steps: &[&str], read: impl FnOnce(&mut Reader)) {
        let place = self.path.len();
        for step in steps {
            self.path.push(step);
        }
        read(self);
        self.path.cut(place);
    }

    /// Each item of a list that an object has.
    fn members(&mut self, owner: &'static Value, key: &str, read: impl Fn(&mut Reader, &'static Value)) {
        let dot = if self.path.is_empty() { "" } else { "." };
        for (index, item) in (0..).zip(*owner.list(key)) {
            let mut number = Writer::default();
            number.number(index, 1);
            self.within(&[dot, key, "[", number.as_str(), "]"], |reader| read(reader, item));
        }
    }

    /// Words that an object has: one for all languages, or for each.
    fn words(&mut self, owner: &'static Value, key: &str, role: Role) {
        let value = owner.get(key);
        self.within(&[".", key], |reader| reader.text(&value.words(), role));
        for (language, words) in *value.entries() {
            self.within(&[".", key, ".", language], |reader| reader.text(&words.words(), role));
        }
    }

    fn text(&mut self, text: &str, role: Role) {
        if let Some(picture) = picture(text) {
            self.report("emoji", picture);
        }
        let words = split(text);
        if role == Role::Refusal && (find(&words, REFUSALS).is_none() || find(&words, EVASIONS).is_some()) {
            // It has to be written anew, whatever else it says.
            return self.report("notARefusal", Words::NONE);
        }
        if role == Role::Name {
            return;
        }
        let is_purpose = matches!(role, Role::Purpose | Role::Necessary);
        if is_purpose && is_vague(&words) {
            self.report("vaguePurpose", Words::NONE);
        }
        let around: &[Lexicon] = if is_purpose { &[] } else { &BESIDE_THE_CHOICE };
        let mut said = if role == Role::Necessary { "guilt" } else { "" };
        for (code, lexicon) in ANYWHERE.iter().chain(around) {
            // One code once: the owner reads the whole sentence anyway.
            if said != **code
                && let Some(found) = find(&words, lexicon)
            {
                self.report(code, found);
                said = code;
            }
        }
    }

    fn report(&mut self, code: &'static str, hint: Words) {
        self.problems.push(Problem {
            path: Writer::of(self.path.as_str()).done(),
            code: Words::of(code),
            hint,
        });
    }
}

/// A picture or a face in a text: what draws the eye and says nothing (requirement F-06).
fn picture(text: &str) -> Option<Words> {
    for face in [":-)", ";-)", " :)", " ;)", ")))", "^_^"] {
        if text.contains(face) {
            return Some(Words::of(face));
        }
    }
    let drawn = |letter: &char| {
        matches!(
            u32::from(*letter),
            0x231a..=0x231b | 0x23e9..=0x23fa | 0x2600..=0x27bf | 0x2b05..=0x2b55 | 0xfe0f | 0x1_f000..
        )
    };
    let (place, letter) = text.char_indices().find(|(_, letter)| drawn(letter))?;
    Some(Writer::of(text.get(place..place + letter.len_utf8())?).done())
}

/// The words of a text in small letters; a mark that ends a sentence is a word of its own.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    for letter in text.chars().chain(" ".chars()) {
        match letter {
            // Inside a word they are no end of it: "don't".
            '\'' | '’' | '\u{ad}' => {}
            letter if is_letter(letter) => word.push(small(letter)),
            _ => {
                if !word.is_empty() {
                    words.push(core::mem::take(&mut word));
                }
                if matches!(letter, '.' | '!' | '?' | '…' | '\n') {
                    words.push(String::from("."));
                }
            }
        }
    }
    words
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(u32::from(letter), 0xc0..=0x24f | 0x400..=0x52f)
}

/// The small form of a Latin or Cyrillic letter. The standard library's tables of every alphabet weigh more than all of
/// this.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let code = match code {
        // Е with and without its dots.
        0x401 | 0x451 => 0x435,
        0x400..=0x40f => code + 80,
        0x410..=0x42f => code + 32,
        // From here on the small form follows the capital one: Ғ, Қ, Ң, Ү, Ұ, Һ, Ә, Ө.
        0x48a..=0x4bf | 0x4d0..=0x52f => code | 1,
        _ => return letter.to_ascii_lowercase(),
    };
    char::from_u32(code).unwrap_or(letter)
}

/// Whether a purpose consists of hollow words and what fills them up.
fn is_vague(words: &[String]) -> bool {
    let is = |lexicon: &[&str], word: &String| lexicon.iter().any(|line| is_one_of(word, line));
    words.iter().any(|word| is(HOLLOW, word)) && words.iter().all(|word| is(HOLLOW, word) || is(FILLING, word))
}

/// The first words that one of the patterns fits, unless what stands before them denies them.
fn find(words: &[String], lexicon: &[&str]) -> Option<Words> {
    for pattern in lexicon {
        let mut denied = false;
        for (place, word) in words.iter().enumerate() {
            let here = words.get(place..).unwrap_or_default();
            if let Some(length) = reach(here, pattern)
                && !denied
            {
                let mut found = Writer::default();
                for word in here.iter().take(length) {
                    if !found.is_empty() {
                        found.mark(b' ');
                    }
                    found.push(word);
                }
                return Some(found.done());
            }
            denied = is_one_of(word, DENIALS);
        }
    }
    None
}

/// How many of the words a pattern takes that fits their beginning.
fn reach(words: &[String], pattern: &str) -> Option<usize> {
    let (wanted, rest) = halves(pattern, b' ');
    let gap = match wanted {
        "" => return Some(0),
        "_" => 3,
        "__" => 8,
        _ if wanted.starts_with('^') => {
            let unwanted = wanted.get(1..).unwrap_or_default();
            let is_there = words.iter().take(3).any(|word| is_one_of(word, unwanted));
            return if is_there { None } else { reach(words, rest) };
        }
        _ => {
            let (word, others) = words.split_first()?;
            let fits = is_one_of(word, wanted);
            return if fits { Some(reach(others, rest)? + 1) } else { None };
        }
    };
    for skipped in 0..=gap {
        let (between, others) = words.split_at_checked(skipped)?;
        if between
            .last()
            .is_some_and(|word| word == "." || is_one_of(word, DENIALS))
        {
            return None;
        }
        if let Some(length) = reach(others, rest) {
            return Some(skipped + length);
        }
    }
    None
}

/// Whether a word is one of these, or begins like one that ends with `*`.
fn is_one_of(word: &str, mut wanted: &str) -> bool {
    while !wanted.is_empty() {
        let (one, others) = halves(wanted, b'|');
        wanted = others;
        let fits = match one.strip_suffix('*') {
            Some(beginning) => after(word, beginning).is_some(),
            None => one == word,
        };
        if fits {
            return true;
        }
    }
    false
}
