// Package filter knows the filter lists that a user names, and which elements
// of a page they hide.
//
// It reads the cosmetic rules of the EasyList (Adblock Plus) syntax: a CSS
// selector, perhaps with domains before it, and the exceptions to such rules.
// What a list says of requests, scripts and styles does not concern a page
// that is only read; it is counted and passed over. A line that can't be read
// is told with its number and the reason, and the rest of the list holds.
//
// Lists are written for browsers, where hiding too much is a nuisance that
// anyone sees. Here it would be a hole in an article. So no rule may take the
// page's own text, whatever the list says: see [View.Hide].
package filter
