//! The lexicons: words that press, hide or say nothing, in Kazakh, Russian and English.
//!
//! A pattern is a few words in small letters, `ё` as `е`. `*` ends the beginning of a word, `|` stands between words of
//! which one has to be there, `_` is up to three words in between and `__` up to eight, none of which denies and none of
//! which ends the sentence, and `^` stands before words of which none is among the next three: "using the switches" is no
//! use of the site.
//!
//! Nothing but data may stand here: how patterns are matched is in [`super::wording`].

/// The languages of the lexicons: only in these is it known how one refuses.
pub(crate) const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// Words of which a purpose that says nothing consists (EDPB guidelines 05/2020 and WP 203: "improving users'
/// experience", "marketing purposes", "IT-security purposes", "future research"; Law 94-V, art. 7).
pub(super) const HOLLOW: &[&str] = &[
    "улучш*|повыш*|качеств*|оптимиз*|персонализ*|опыт|опыта|удобств*|удобн*|комфорт*|эффективн*|совершенств*|развити*",
    "маркетинг*|безопасност*|исследовани*|иные|иных|прочие|прочих|разные|разных|различн*",
    "лучше|аналитическ*|аналитика|аналитики|аналитику|статистическ*|разработк*",
    "жақсарт*|жақсару*|арттыр*|сапа*|оңтайланд*|дербестенд*|жекеленд*|тәжірибе*|ыңғайл*|қолайл*|жетілдір*|дамыт*",
    "дамуы*|тиімділі*|қауіпсіздік*|қауіпсіздігі*|түрлі|әртүрлі|өзге|бейімде*|аналитикалық|жақсырақ|әзірле*",
    "improv*|enhanc*|quality|optimi*|personali*|experience*|better|best|convenien*|comfort*|various|other|marketing",
    "security|research|develop*|efficien*|tailor*|analytics|analytical|statistical",
];

/// Words that make none of those specific.
pub(super) const FILLING: &[&str] = &[
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
pub(super) const GUILT: &[&str] = &[
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
pub(super) const GUILT_BESIDE_THE_CHOICE: &[&str] = &[
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
pub(super) const URGENCY: &[&str] = &[
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
pub(super) const REWARD: &[&str] = &[
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
pub(super) const REWARD_BESIDE_THE_CHOICE: &[&str] = &[
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
pub(super) const IMPLIED: &[&str] = &[
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
pub(super) const BUNDLED: &[&str] = &[
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
pub(super) const REFUSALS: &[&str] = &[
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
pub(super) const EVASIONS: &[&str] = &[
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
pub(super) const DENIALS: &str = "не|ни|ничего|not|dont|never|nothing|емес";
