use super::Feeds;
use crate::article::Article;
use crate::ingest::{Format, Input, Problem, Sink};

#[derive(Default)]
struct Kept(Vec<Article>, Vec<Problem>);

impl Sink for Kept {
    fn article(&mut self, article: Article) -> crate::error::Result<()> {
        self.0.push(article);
        Ok(())
    }

    fn file(&mut self, _: Input<'_>) -> crate::error::Result<()> {
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.1.push(problem);
    }
}

fn read(feed: &str) -> Kept {
    let mut kept = Kept::default();
    Feeds.read(Input::new("f.xml", None, 0, feed.as_bytes()).unwrap(), &mut kept).unwrap();
    kept
}

#[test]
fn a_feed_cut_off_keeps_what_there_is() {
    let kept = read(
        "<rss><channel><title>Post</title><item><title>A & B</title><description>One</description></item><item><title>C</title><description>Tw",
    );
    let titles: Vec<_> = kept.0.iter().map(|a| a.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["A & B", "C"]);
    assert_eq!((kept.0[1].body.as_str(), kept.0[1].source.as_deref()), ("Tw", Some("Post")));
    assert_eq!(kept.1[0].message, "not well-formed XML: the end of the file is missing");
}

#[test]
fn the_full_text_counts() {
    let kept = read(concat!(
        "<rss><channel><item><title>T</title><media:title>no</media:title><guid isPermaLink='false'>77</guid><link>https://a.example/t</link>",
        "<description>Short.</description><content:encoded><![CDATA[<p>Full one.</p><p>Full two.</p>]]></content:encoded></item></channel></rss>"
    ));
    let a = &kept.0[0];
    assert_eq!((a.body.as_str(), a.url.as_deref(), a.has_own_id), ("Full one.\n\nFull two.", Some("https://a.example/t"), false));
    assert!(kept.1.is_empty());
}

#[test]
fn atom_of_both_versions() {
    let kept = read(concat!(
        "<feed version='0.3'><author><name>Ada Kling</name></author><entry><id>tag:a,1</id><title mode='escaped' type='text/html'>&lt;b&gt;Hi&lt;/b&gt; you</title>",
        "<link rel='alternate' href='https://a.example/1'/><issued>2004-01-02T03:04:05Z</issued>",
        "<content type='application/xhtml+xml'><div><p>x<i>y</i></p><p>z</p></div></content></entry></feed>"
    ));
    let a = &kept.0[0];
    assert_eq!((a.title.as_deref(), a.body.as_str(), a.id.as_str()), (Some("Hi you"), "xy\n\nz", "tag:a,1"));
    assert_eq!((a.byline[0].as_str(), a.published.as_deref()), ("Ada Kling", Some("2004-01-02T03:04:05Z")));
}

#[test]
fn nothing_in_it() {
    assert_eq!(read("<rss><channel><title>x</title></channel></rss>").1[0].message, "a feed without entries");
}
