//! The table of fields. A facet is a row here, and nothing else.

use super::{Field, FieldKind, Read, Value, lead, printed_seconds};
use crate::article::{Clipping, Quote};

/// Every field of an article and of its quotes.
pub static FIELDS: &[Field] = &[
    Field {
        name: "title",
        aliases: &["hd", "hl", "headline", "intitle", "allintitle", "ti"],
        kind: FieldKind::Text(Some(4.0)),
        facet: false,
        help: "words of the headline",
        example: "title:(flood OR inundat*)",
        read: Read::Article(|c, f| each(&c.article.title, f)),
    },
    Field {
        name: "lead",
        aliases: &["lp"],
        kind: FieldKind::Text(Some(2.0)),
        facet: false,
        help: "words of the first two paragraphs",
        example: "lead:mayor",
        read: Read::Article(|c, f| f(Value::Text(lead(&c.article.body)))),
    },
    Field {
        name: "body",
        aliases: &["td", "text", "intext"],
        kind: FieldKind::Text(Some(1.0)),
        facet: false,
        help: "words of the text",
        example: "body:\"interest rates\"",
        read: Read::Article(|c, f| f(Value::Text(&c.article.body))),
    },
    Field {
        name: "said",
        aliases: &[],
        kind: FieldKind::Text(None),
        facet: false,
        help: "words inside a quote",
        example: "said:\"we can do this\"",
        read: Read::Quote(|_, q, f| f(Value::Text(&q.text))),
    },
    Field {
        name: "person",
        aliases: &["persons", "people", "pe"],
        kind: FieldKind::Name,
        facet: true,
        help: "a person named in the article",
        example: "person:\"Angela Merkel\"",
        read: Read::Article(|c, f| c.annotations.persons.iter().for_each(|p| f(Value::Text(&p.name)))),
    },
    Field {
        name: "about-person",
        aliases: &["aboutperson"],
        kind: FieldKind::Name,
        facet: true,
        help: "a person the article is about: named in the headline, or more often than others",
        example: "about-person:merkel",
        read: Read::Article(|c, f| c.about_persons().into_iter().for_each(|p| f(Value::Text(p)))),
    },
    Field {
        name: "org",
        aliases: &["organization", "organisation", "company", "fds"],
        kind: FieldKind::Name,
        facet: true,
        help: "an organization named in the article",
        example: "org:nato",
        read: Read::Article(|c, f| c.annotations.organizations.iter().for_each(|o| f(Value::Text(&o.name)))),
    },
    Field {
        name: "place",
        aliases: &["places", "country", "re", "geo"],
        kind: FieldKind::Path,
        facet: true,
        help: "a place named in the article, and all places inside it",
        example: "place:Ukraine",
        read: Read::Article(|c, f| c.annotations.places.iter().for_each(|p| f(Value::Text(p.path.as_deref().unwrap_or(&p.name))))),
    },
    Field {
        name: "about-place",
        aliases: &["aboutplace", "focus"],
        kind: FieldKind::Path,
        facet: true,
        help: "a place the article is about: named in headline or lead, or most often; and all places inside it",
        example: "about-place:Syria",
        read: Read::Article(|c, f| c.about_places().into_iter().for_each(|p| f(Value::Text(p)))),
    },
    Field {
        name: "speaker",
        aliases: &["by-speaker", "saidby", "who"],
        kind: FieldKind::Name,
        facet: true,
        help: "who speaks in a quote; also `anonymous` and `unresolved`",
        example: "speaker:merkel",
        read: Read::Quote(speaker),
    },
    Field {
        name: "about",
        aliases: &[],
        kind: FieldKind::Name,
        facet: true,
        help: "a person or organization named inside a quote",
        example: "about:erdogan",
        read: Read::Quote(|c, q, f| c.about(q).into_iter().for_each(|name| f(Value::Text(name)))),
    },
    Field {
        name: "role",
        aliases: &[],
        kind: FieldKind::Name,
        facet: false,
        help: "title or function of the speaker at the quote",
        example: "role:\"finance minister\"",
        read: Read::Quote(|_, q, f| {
            if let Some(s) = &q.speaker {
                each(&s.role, f)
            }
        }),
    },
    Field {
        name: "cue",
        aliases: &[],
        kind: FieldKind::Name,
        facet: true,
        help: "the word that ties quote and speaker",
        example: "cue:denied",
        read: Read::Quote(|_, q, f| {
            if let Some(c) = &q.cue {
                f(Value::Text(&c.text.to_lowercase()))
            }
        }),
    },
    Field {
        name: "qtype",
        aliases: &["kind"],
        kind: FieldKind::Keyword,
        facet: true,
        help: "kind of quote: direct, indirect or mixed",
        example: "qtype:direct",
        read: Read::Quote(|_, q, f| f(Value::Text(q.kind.name()))),
    },
    Field {
        name: "qlen",
        aliases: &[],
        kind: FieldKind::Number,
        facet: false,
        help: "words in a quote",
        example: "qlen:>20",
        read: Read::Quote(|_, q, f| f(Value::Number(q.text.split_whitespace().count() as i64))),
    },
    Field {
        name: "conf",
        aliases: &["confidence"],
        kind: FieldKind::Number,
        facet: false,
        help: "confidence of the attribution in percent",
        example: "conf:>=80",
        read: Read::Quote(|_, q, f| f(Value::Number((q.confidence * 100.0).round() as i64))),
    },
    Field {
        name: "source",
        aliases: &["sn", "rst", "publication", "outlet", "pub", "site"],
        kind: FieldKind::Name,
        facet: true,
        help: "publication or agency",
        example: "source:reuters,ap",
        read: Read::Article(|c, f| each(&c.article.source, f)),
    },
    Field {
        name: "byline",
        aliases: &["by", "author", "au"],
        kind: FieldKind::Name,
        facet: true,
        help: "author",
        example: "byline:\"jane doe\"",
        read: Read::Article(|c, f| c.article.byline.iter().for_each(|b| f(Value::Text(b)))),
    },
    Field {
        name: "section",
        aliases: &["se", "desk"],
        kind: FieldKind::Name,
        facet: true,
        help: "section or desk",
        example: "section:sport",
        read: Read::Article(|c, f| each(&c.article.section, f)),
    },
    Field {
        name: "dateline",
        aliases: &["dl"],
        kind: FieldKind::Name,
        facet: true,
        help: "place the story is filed from",
        example: "dateline:kyiv",
        read: Read::Article(|c, f| {
            if let Some(d) = &c.article.dateline {
                each(&d.place, f)
            }
        }),
    },
    Field {
        name: "tag",
        aliases: &["tags", "keyword", "subject", "su", "ns", "label"],
        kind: FieldKind::Name,
        facet: true,
        help: "subject or keyword the file gives",
        example: "tag:cocoa",
        read: Read::Article(|c, f| c.article.tags.iter().for_each(|t| f(Value::Text(t)))),
    },
    Field {
        name: "lang",
        aliases: &["la", "language"],
        kind: FieldKind::Keyword,
        facet: true,
        help: "language code",
        example: "lang:en",
        read: Read::Article(|c, f| each(&c.article.language, f)),
    },
    Field {
        name: "date",
        aliases: &["pd", "published"],
        kind: FieldKind::Date,
        facet: false,
        help: "date of publication",
        example: "date:2008-09..2008-10",
        read: Read::Article(|c, f| date(&c.article.published, f)),
    },
    Field {
        name: "dated",
        aliases: &["published-from"],
        kind: FieldKind::Keyword,
        facet: true,
        help: "where the date comes from: meta, json-ld, field, dateline, url, path; `conflict` where the file gives two",
        example: "dated:conflict",
        read: Read::Article(dated),
    },
    Field {
        name: "year",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: true,
        help: "year of publication",
        example: "year:2008",
        read: Read::Article(|c, f| each(&c.article.published.as_deref().and_then(|d| d.get(..4)).map(str::to_owned), f)),
    },
    Field {
        name: "month",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: true,
        help: "month of publication",
        example: "month:2008-09",
        read: Read::Article(|c, f| each(&c.article.published.as_deref().and_then(|d| d.get(..7)).map(str::to_owned), f)),
    },
    Field {
        name: "updated",
        aliases: &["upd"],
        kind: FieldKind::Date,
        facet: false,
        help: "date of the last change",
        example: "updated:2009",
        read: Read::Article(|c, f| date(&c.article.updated, f)),
    },
    Field {
        name: "added",
        aliases: &[],
        kind: FieldKind::Date,
        facet: false,
        help: "when it came into the archive",
        example: "added:last-24h",
        read: Read::Article(|c, f| f(Value::Number(c.filed.added))),
    },
    Field {
        name: "revision",
        aliases: &["rev"],
        kind: FieldKind::Number,
        facet: false,
        help: "revision of the archive that brought or last edited it",
        example: "revision:>12",
        read: Read::Article(|c, f| f(Value::Number(c.filed.revision as i64))),
    },
    Field {
        name: "cluster",
        aliases: &["story"],
        kind: FieldKind::Keyword,
        facet: false,
        help: "articles that tell the story of this one (by its id) in nearly the same words",
        example: "cluster:TIME-017",
        read: Read::Kin(|c, _, f| f(Value::Text(c.story_id()))),
    },
    Field {
        name: "dup",
        aliases: &["duplicate"],
        kind: FieldKind::Keyword,
        facet: false,
        help: "`copy` of an article that told the story before, or `original`",
        example: "dup:original",
        read: Read::Kin(|c, _, f| f(Value::Text(if c.is_copy() { "copy" } else { "original" }))),
    },
    Field {
        name: "echo",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: false,
        help: "quotes that repeat this one (by its id) in nearly the same words",
        example: "echo:TIME-017#q3",
        read: Read::Kin(echo),
    },
    Field {
        name: "words",
        aliases: &["wc", "length"],
        kind: FieldKind::Number,
        facet: false,
        help: "words in the text",
        example: "words:>800",
        read: Read::Article(|c, f| f(Value::Number(i64::from(c.article.words)))),
    },
    Field {
        name: "format",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: true,
        help: "format of the file it came from",
        example: "format:nitf",
        read: Read::Article(|c, f| each(&c.article.format, f)),
    },
    Field {
        name: "path",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: false,
        help: "file the article came from",
        example: "path:2008/09/*",
        read: Read::Article(|c, f| f(Value::Text(&c.article.path))),
    },
    Field {
        name: "url",
        aliases: &["inurl"],
        kind: FieldKind::Keyword,
        facet: false,
        help: "address",
        example: "url:*example.org*",
        read: Read::Article(|c, f| each(&c.article.url, f)),
    },
    Field {
        name: "id",
        aliases: &[],
        kind: FieldKind::Keyword,
        facet: false,
        help: "stable name of an article",
        example: "id:TIME-017",
        read: Read::Article(|c, f| f(Value::Text(&c.article.id))),
    },
];

fn each(value: &Option<String>, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(text) = value.as_deref() {
        f(Value::Text(text));
    }
}

/// Speakers are found by name, or by class when they have none.
fn speaker(_: &Clipping, quote: &Quote, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(s) = &quote.speaker {
        f(Value::Text(s.name.as_deref().unwrap_or(s.class.name())));
    }
}

/// The name of what a quote repeats: its own where it is the first, or stands alone.
fn echo(clipping: &Clipping, quote: Option<usize>, f: &mut dyn FnMut(Value<'_>)) {
    let all = 0..clipping.annotations.quotes.len();
    for number in all.filter(|number| quote.is_none_or(|quote| quote == *number)) {
        match clipping.echo(number) {
            Some(kin) => f(Value::Text(&kin.first)),
            None => f(Value::Text(&format!("{}#q{}", clipping.article.id, number + 1))),
        }
    }
}

/// Where the date comes from, and whether there are two.
fn dated(clipping: &Clipping, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(origin) = clipping.article.published_from {
        f(Value::Text(origin.name()));
    }
    if clipping.article.published_conflict.is_some() {
        f(Value::Text("conflict"));
    }
}

fn date(value: &Option<String>, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(seconds) = value.as_deref().and_then(printed_seconds) {
        f(Value::Number(seconds));
    }
}
