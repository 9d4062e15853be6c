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

// maybe is a quick look for the beginning of any of the subjects.
func maybe(s string) bool {
	for i := 0; i+3 <= len(s); i++ {
		switch s[i] | 0x20 {
		case 'c', 'g', 'd', 'r', 'p', 'e', 'z', 's', 'l', 'k', 'a', 't':
		default:
			continue
		}
		switch uint32(s[i]|0x20)<<16 | uint32(s[i+1]|0x20)<<8 | uint32(s[i+2]|0x20) {
		case 'c'<<16 | 'o'<<8 | 'o', 'c'<<16 | 'o'<<8 | 'n', 'g'<<16 | 'd'<<8 | 'p', 'g'<<16 | 'p'<<8 | 'r', 'd'<<16 | 's'<<8 | 'g',
			'r'<<16 | 'g'<<8 | 'p', 'p'<<16 | 'r'<<8 | 'i', 'd'<<16 | 'a'<<8 | 't', 'e'<<16 | 'p'<<8 | 'r', 'e'<<16 | 'u'<<8 | 'c',
			'e'<<16 | 'i'<<8 | 'n', 'z'<<16 | 'u'<<8 | 's', 's'<<16 | 'a'<<8 | 'm', 's'<<16 | 'u'<<8 | 'o', 'e'<<16 | 'v'<<8 | 'a',
			'z'<<16 | 'g'<<8 | 'o', 's'<<16 | 'o'<<8 | 'u', 'l'<<16 | 'g'<<8 | 'p', 'k'<<16 | 'v'<<8 | 'k', 'c'<<16 | 'c'<<8 | 'p',
			't'<<16 | 'c'<<8 | 'f', 'c'<<16 | 'm'<<8 | 'p', 'r'<<16 | 'o'<<8 | 'd', 'a'<<16 | 'v'<<8 | 'g', 'e'<<16 | 'p'<<8 | 'd':
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
