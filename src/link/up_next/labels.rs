//! Labels that articles share, tags or the like: how alike two articles are by them, and who else has one.

use super::ranked::index_of;
use crate::model::page::PageId;
use crate::model::site::Term;

/// The labels of all articles. Articles are named by their indices among those that are ranked.
pub(super) struct Labels {
    /// Rarity of each label.
    weights: Vec<f32>,
    /// The articles of each label, newest first.
    mates: Vec<Vec<u32>>,
    articles: Vec<Article>,
    /// The labels of all articles, one after the other, each with the article's index among the label's articles.
    all: Vec<(u32, u32)>,
}

/// The labels of one article.
struct Article {
    /// Where they begin and end in [`Labels::all`].
    labels: (u32, u32),
    /// The length of the vector of their weights.
    length: f32,
}

impl Labels {
    /// Those that these terms are; `rarity` is that of a term with so many articles.
    pub(super) fn new<'t>(
        ids: &[PageId],
        terms: impl Iterator<Item = &'t Term>,
        rarity: impl Fn(usize) -> f32,
    ) -> Labels {
        let (mut weights, mut mates) = (Vec::new(), Vec::new());
        for term in terms {
            weights.push(rarity(term.articles.len()));
            let articles = term.articles.iter();
            mates.push(articles.filter_map(|page| index_of(ids, *page)).collect());
        }
        let mut labels = Labels {
            weights,
            mates,
            articles: Vec::with_capacity(ids.len()),
            all: Vec::new(),
        };
        let mut stands = vec![Vec::new(); ids.len()];
        for (label, mates) in (0u32..).zip(&labels.mates) {
            for (at, article) in (0u32..).zip(mates) {
                stands[*article as usize].push((label, at));
            }
        }
        for own in stands {
            let squares = own.iter().map(|(label, _)| labels.square(*label));
            let length = squares.sum::<f32>().sqrt();
            let start = labels.all.len() as u32;
            labels.all.extend(own);
            labels.articles.push(Article {
                labels: (start, labels.all.len() as u32),
                length,
            });
        }
        labels
    }

    fn square(&self, label: u32) -> f32 {
        self.weights[label as usize].powi(2)
    }

    fn of(&self, article: usize) -> &[(u32, u32)] {
        let (start, end) = self.articles[article].labels;
        &self.all[start as usize..end as usize]
    }

    /// Adds those who have a label of an article, of each the `count` that stand nearest in its list.
    pub(super) fn mates(&self, article: usize, count: usize, found: &mut Vec<u32>) {
        for (label, at) in self.of(article) {
            let mates = &self.mates[*label as usize];
            let start = (*at as usize)
                .saturating_sub(count / 2)
                .min(mates.len().saturating_sub(count));
            let near = mates.iter().skip(start).take(count);
            found.extend(near.filter(|mate| **mate as usize != article));
        }
    }

    /// What two articles gain by their labels: the cosine of the two, and `most` where they have all in common.
    pub(super) fn gain(&self, most: f32, article: usize, other: usize) -> f32 {
        let theirs = self.of(other);
        let shared: f32 = self
            .of(article)
            .iter()
            .filter(|(label, _)| theirs.iter().any(|(other, _)| other == label))
            .map(|(label, _)| self.square(*label))
            // `sum` of none is -0, and would be shown so.
            .fold(0.0, |sum, weight| sum + weight);
        let lengths = self.articles[article].length * self.articles[other].length;
        match lengths > 0.0 {
            true => most * shared / lengths,
            false => 0.0,
        }
    }
}
