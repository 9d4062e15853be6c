// Package extract turns a page's bytes into its Article: the journalism without
// the page around it, in blocks, with what was left out and why.
//
// The way of a page:
//
//	decode     bytes → UTF-8, whatever is declared
//	parse      → a tree, also of pages that nest without end
//	notice     consent notices and placeholders leave the tree
//	meta       what the page says about itself
//	outline    one walk: flat lists of elements and pieces of text
//	weigh      which pieces are prose; which elements' names mark furniture
//	judge      of several candidates, where the article is
//	live       the posts of a live blog, instead of one place
//	trim       what stands among the text and is none of it
//	gallery    captions, where they are the text
//	lead       the standfirst that stands outside of it
//	notice     notices that no markup gives away
//	language   what the page claims, checked against the text
//	state      of a page that shows hardly any text: what its data hold
//	listing    pages that lead to articles, or sell things
//	nature     article, teaser, wall or no article, and why
//
// Nothing here reads a file or the network, and only Explain a clock: the same bytes give the same Article.
package extract
