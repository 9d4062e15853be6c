// Package notice takes what a site says about cookies and consent out of a
// page, and knows a page that says nothing else.
//
// Three doors: [Prune] works on the tree before extraction and believes names
// (the consent tools' own ids and classes) or names and words together;
// [Blocks] works on the paragraphs of an article, or of text that was
// flattened long ago, and has only the words; [Wall] tells a page that is
// nothing but a consent wall, a challenge or a region block.
//
// Whatever is taken is returned as a [Removal] with the rule that took it.
// The rules would rather leave a notice than take a sentence of journalism:
// an article about cookies, a recipe for them and a quoted notice stay whole.
package notice
