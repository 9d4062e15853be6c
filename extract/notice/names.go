package notice

import (
	"strings"
	"sync"
)

// A part says what a word within a name may mean.
type part uint8

const (
	subject part = 1 << iota // what it is about
	form                     // what kind of element it is
	alone                    // both in one word
)

// nameParts are the halves of generic names: "site-cookie-bar", "gdprNotice".
// One of each is needed, and the text must agree.
var nameParts = sync.OnceValue(func() map[string]part {
	m := map[string]part{}
	for p, list := range map[part]string{
		subject: `cookie cookies cookielaw cookiebar cookiebanner cookienotice cookieconsent cookieinfo cookiepolicy
		cookiewarning cookiehint cookiemessage cookiebox cookiealert cookiedisclaimer cookiehinweis consent gdpr gprd
		dsgvo rgpd avg lgpd kvkk ccpa tcf cmp privacy datenschutz rodo eucookie eucookielaw epd eprivacy einwilligung
		zustimmung consentement consentimiento samtycke samtykke suostumus evaste zgoda souhlas`,
		form: `banner bar notice law popup overlay message box wrapper wrap container modal dialog alert hint info disclaimer
		warning policy layer sheet panel prompt bottom top footer strip ribbon toast hinweis leiste bandeau aviso
		avviso melding varsel ilmoitus drawer manager consent notification text content widget window settings
		preferences placeholder blocker blocked gate wall agreement approval`,
		alone: `cookielaw cookiebar cookiebanner cookienotice cookieconsent cookieinfo cookiepolicy cookiewarning cookiehint
		cookiemessage cookiebox cookiealert cookiedisclaimer cookiehinweis eucookie eucookielaw consent gdpr gprd
		dsgvo rgpd cookies cmp tcf`,
	} {
		for _, w := range strings.Fields(list) {
			m[w] |= p
		}
	}
	return m
})

// generic tells whether an id or a class sounds like a notice. It proves nothing by itself.
func generic(names string) bool {
	if !maybe(names) {
		return false
	}
	known := nameParts()
	for _, token := range strings.Fields(names) {
		var all part
		parts(token, func(p string) { all |= known[p] })
		if all&alone != 0 || all&(subject|form) == subject|form {
			return true
		}
	}
	return false
}

// subjects are the first three letters of any of the subjects, five bits each.
var subjects = sync.OnceValue(func() *[1 << 15 / 64]uint64 {
	t := new([1 << 15 / 64]uint64)
	for w, p := range nameParts() {
		if p&subject != 0 {
			k := uint32(w[0]&31)<<10 | uint32(w[1]&31)<<5 | uint32(w[2]&31)
			t[k/64] |= 1 << (k % 64)
		}
	}
	return t
})

// maybe is a quick look for the beginning of any of the subjects.
func maybe(s string) bool {
	t := subjects()
	k := uint32(0)
	for i := 0; i < len(s); i++ {
		k = (k<<5 | uint32(s[i]&31)) & (1<<15 - 1)
		if t[k/64]&(1<<(k%64)) != 0 && i >= 2 {
			return true
		}
	}
	return false
}

// parts cuts a name at punctuation and where a capital follows a small letter.
func parts(token string, yield func(string)) {
	start := 0
	flush := func(end int) {
		if end > start {
			yield(strings.ToLower(token[start:end]))
		}
	}
	for i := 0; i < len(token); i++ {
		c := token[i]
		switch {
		case c == '-' || c == '_' || c == ':' || c == '.':
			flush(i)
			start = i + 1
		case c >= 'A' && c <= 'Z' && i > start && token[i-1] >= 'a' && token[i-1] <= 'z':
			flush(i)
			start = i
		}
	}
	flush(len(token))
}
