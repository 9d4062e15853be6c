package urlkey

import "golang.org/x/net/publicsuffix"

// Group names what is to be treated politely as one server: the registrable
// domain, or for IP addresses and names of one label the host with its port.
// The errors are those of Clean.
func Group(raw string) (string, error) {
	a, err := parse("", raw)
	if err != nil {
		return "", err
	}
	if !a.named {
		port := a.port
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[a.scheme]
		}
		return a.host + ":" + port, nil
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(a.host)
	if err != nil { // the host is itself a public suffix
		return a.host, nil
	}
	return domain, nil
}
