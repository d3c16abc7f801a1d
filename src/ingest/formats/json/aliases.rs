//! How programs call the fields of an article. To read one more habit, add its word to a row.

/// For each field of the record, where other programs keep it: dotted paths in the order they are tried, `[]` for all items of a
/// list. Case, `_`, `-` and spaces in keys do not count.
pub static ALIASES: &[(&str, &[&str])] = &[
    ("id", &["id", "uuid", "guid", "_id", "article_id", "doc_id", "document_id", "thread.uuid", "uri", "accession_no", "an"]),
    (
        "title",
        &[
            "title", "headline", "headline.main", "title.rendered", "webTitle", "hed", "title_full", "thread.title_full", "title_page", "title_rss",
            "article_title", "heading", "fields.headline", "name",
        ],
    ),
    (
        "body",
        &[
            "body", "maintext", "body_text", "content_original", "articleBody", "article_body", "article_text", "full_text", "fulltext", "full_content",
            "body.text", "body.content", "bodyText", "fields.bodyText", "fields.body", "content.rendered", "content.text", "content.html", "content.value", "content[].value",
            "content_text", "content_html", "body_html", "body_xhtml", "text", "content", "article", "story", "raw_text", "cleaned_text", "plain_text",
            "paragraphs", "text.text", "html",
        ],
    ),
    // Read when there is no text: a beginning or a summary.
    ("teaser", &["lead_paragraph", "abstract", "description", "summary", "snippet", "excerpt.rendered", "excerpt", "fields.trailText", "standfirst", "dek", "lead"]),
    (
        "byline",
        &[
            "byline.original", "byline", "authors", "author.name", "author", "fields.byline", "creator", "by", "writer", "article_author",
            "authors[].name", "authors[].author", "author[].name",
        ],
    ),
    (
        "source",
        &[
            "source.name", "source.title", "source", "publication", "source_name", "outlet", "publisher.name", "publisher", "thread.site_full", "newspaper",
            "provider.name", "provider", "source_domain", "thread.site", "site_name", "sitename", "site", "media_name", "domain", "source_url",
        ],
    ),
    ("section", &["section", "section_name", "sectionName", "thread.section_title", "news_desk", "desk", "rubric", "department", "category", "ressort"]),
    ("language", &["language", "lang", "meta_lang", "inLanguage", "language_code"]),
    ("url", &["url", "link", "web_url", "webUrl", "canonical_url", "canonical_link", "thread.url", "permalink", "href", "article_url", "uri", "guid.rendered"]),
    (
        "published",
        &[
            "published", "date_publish", "publish_date", "published_at", "publishedAt", "publication_date", "publication_datetime", "pub_date", "pubDate",
            "datePublished", "date_published", "webPublicationDate", "date_gmt", "date", "article_date", "dateline.date", "versioncreated", "firstcreated", "seendate",
            "published_date", "published_on", "posted", "posted_at", "time_published", "created_at", "created", "datetime", "timestamp", "time", "display_date",
        ],
    ),
    ("updated", &["updated", "date_modify", "modified_gmt", "modified", "date_modified", "dateModified", "updated_at", "updatedAt", "last_modified", "lastmod", "fields.lastModified"]),
    ("dateline", &["dateline.text", "dateline"]),
    ("tags", &["tags", "tags[].name", "keywords[].value", "keywords", "meta_keywords", "subjects", "subjects[].name", "topic", "topics", "labels", "categories", "categories[].name"]),
];

/// Where collections keep their articles.
pub static COLLECTIONS: &[&str] = &[
    "articles", "posts", "items", "item", "documents", "docs", "records", "news", "stories", "entries", "results", "hits.hits", "response.docs",
    "response.results", "data.items", "data.articles", "data.item", "data", "hits", "rows", "value", "feed.entry", "articles.results", "result",
];
