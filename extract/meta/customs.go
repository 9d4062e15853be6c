package meta

import "strings"

// filler words stand inside dates.
var filler = words(`de of del th st nd rd er a den the г ta v d da do e º ª ο η της ר' ko an
	m gada оны жылғы жылдың năm Năm года год році року г р พ.ศ พ ศ พศ ปี de' ng từ از من م al il`)

// between tells whether the text between two numbers can stand inside a date.
func between(s string) bool {
	switch strings.TrimSpace(s) {
	case ".", "/", "-", "–", "‐", "·":
		return len(s) <= 5
	}
	return false
}

func thai(word string) bool {
	return strings.HasPrefix(word, "\xe0\xb8") || strings.HasPrefix(word, "\xe0\xb9")
}

// american tells whether the month stands before the day, by the language and
// the country of the host.
func american(language, host string) bool {
	l := strings.ToLower(strings.ReplaceAll(language, "_", "-"))
	switch country := host[strings.LastIndexByte(host, '.')+1:]; {
	case l == "fil" || l == "tl" || l == "es-us":
		return true
	case l != "" && l != "en" && l != "en-us":
		return false
	case country == "us" || country == "gov" || country == "mil":
		return true
	case len(country) == 2 && country != "ph" && !strings.Contains("io co tv me ai fm ly to cc", country):
		return false // an English page of another country
	}
	return true
}

// customs are what readers of a page know about its dates.
type customs struct {
	language   string
	monthFirst bool
}
