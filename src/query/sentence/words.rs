//! The words by which questions are known: lists of words in small letters.

/// Verbs of saying, by which such a question is known.
pub(super) const SAYING: &str = "say says said saying tell tells told telling talk talks talked talking speak speaks spoke spoken speaking think thinks \
    thought thinking mention mentions mentioned comment comments commented remark remarked state stated claim claims claimed \
    announce announced argue argues argued explain explained";

/// Those of them that are nothing else.
pub(super) const PLAIN: &str = "say says said saying tell tells told thinks";

/// Verbs that say how something was said, those of one meaning together, and the cues that are asked for.
pub(super) const TELLING: &[(&[&str], &str)] = &[
    (&["promise", "vow", "pledge"], "promis*,vow*,pledg*"),
    (&["deny"], "deny*,denie*"),
    (&["admit", "concede", "acknowledge"], "admit*,conced*,acknowledg*"),
    (&["warn", "caution"], "warn*,caution*"),
    (&["criticize", "criticise", "condemn", "denounce", "slam"], "critici*,condemn*,denounc*,slam*,blast*"),
    (&["praise", "applaud"], "prais*,applaud*,hail*"),
    (&["accuse", "blame"], "accus*,blam*"),
    (&["defend"], "defend*"),
    (&["reject", "dismiss"], "reject*,dismiss*"),
    (&["urge"], "urg*"),
    (&["demand"], "demand*"),
    (&["predict"], "predict*"),
    (&["threaten"], "threaten*"),
    (&["complain"], "complain*"),
    (&["apologize", "apologise"], "apologi*"),
    (&["confirm"], "confirm*"),
];

/// Verbs that help another.
pub(super) const HELPING: &str = "did does do has have had is are was were would will could can";

/// What a question leads its matter in with.
pub(super) const LEADING: &str = "about regarding concerning";

/// Whoever is meant by these is known only where the words stand.
pub(super) const POINTING: &str = "he she it they you we i him her them this that these those not";

/// Anybody at all.
pub(super) const ANYBODY: &str = "people anyone anybody everyone everybody someone somebody politicians experts";

/// People who are seldom named: such speakers are found by the words for them, as a role.
pub(super) const PARTIES: &str = "officials police sources witnesses residents neighbours neighbors doctors nurses lawyers prosecutors investigators \
    detectives scientists researchers analysts economists critics supporters opponents activists protesters campaigners \
    organizers organisers voters lawmakers legislators senators congressmen councillors ministers diplomats democrats \
    republicans conservatives liberals aides advisers advisors soldiers teachers parents students farmers workers unions \
    relatives insiders observers judges jurors attorneys authorities firefighters rescuers fans players";

/// What a request for words begins with: `quotes by X about Y`.
pub(super) const REQUESTED: &str = "quotes quotations statements remarks comments";

/// Words on which the matter of a question does not depend.
pub(super) const SLIGHT: &str = "what the a an of to in at on for with by from and or as that this these those his her its their our my your anything \
    something is are was were be been it so";

/// Whether `word` stands in one of these lists.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}
