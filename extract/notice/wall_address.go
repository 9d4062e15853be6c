package notice

import (
	"net/url"
	"strings"
)

// consentAddress tells an address that exists to ask for consent.
func consentAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	label, _, _ := strings.Cut(host, ".")
	switch label {
	case "consent", "consents", "cmp", "guce", "myprivacy", "privacywall", "cookiewall", "privacy-mgmt", "zustimmung", "cookies", "gdpr":
		return true
	}
	if strings.HasSuffix(host, ".privacy-mgmt.com") || strings.HasSuffix(host, ".consensu.org") {
		return true
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		switch part {
		case "collectconsent", "consent", "cookiewall", "cookie-wall", "privacy-wall", "privacywall", "gdpr-consent", "cookie-consent", "zustimmung", "privacygate", "privacy-gate", "cookiesplus":
			return true
		}
	}
	return false
}

// policyAddress tells an address that exists to explain what is stored: whoever
// asks for it gets what he asked for.
func policyAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	path := strings.ToLower(u.Path)
	for _, word := range []string{"privacy", "cookie-policy", "cookiepolicy", "cookie-notice", "datenschutz", "confidentialit", "privacidad", "privacidade", "politica-de-cookies", "/cookies", "prywatnosc", "integritet", "terms", "legal"} {
		if strings.Contains(path, word) && !consentAddress(raw) {
			return true
		}
	}
	return false
}

// loginAddress tells the address of a page where readers log in.
func loginAddress(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		switch part {
		case "login", "signin", "sign-in", "log-in", "anmelden", "connexion", "iniciar-sesion", "accedi", "inloggen", "logowanie", "logga-in":
			return true
		}
	}
	return false
}
