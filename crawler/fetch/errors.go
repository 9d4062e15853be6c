package fetch

import (
	"context"
	"errors"
)

// Why a request got no answer. Every error of Get wraps one of these, or the
// error of its context. One that is told more exactly also is its family:
// errors.Is(err, ErrTLS) holds for an expired certificate.
//
// The word is what is stored and counted (Reason). It is stable: a run of last
// year must be readable next year.
//
//	sentinel             word                    family       what happened
//	ErrURL               url                                  not an http or https URL that can be asked for
//	ErrRefused           address-refused                      the guard: not on the public network
//	ErrPort              port-refused            ErrRefused   the guard: a port of other services
//	ErrDNS               dns                                  the name could not be looked up
//	ErrNoSuchHost        dns-no-such-host        ErrDNS       nobody has that name
//	ErrNoAddress         dns-no-address          ErrDNS       the name exists and has no address
//	ErrDNSTimeout        dns-timeout             ErrDNS, ErrTimeout
//	ErrDNSServer         dns-server-failure      ErrDNS       the name server failed or talks nonsense
//	ErrConnect           connect                              no connection
//	ErrConnectionRefused connection-refused      ErrConnect   nobody listens
//	ErrUnreachable       unreachable             ErrConnect   no way to that network or host
//	ErrConnectTimeout    connect-timeout         ErrConnect, ErrTimeout
//	ErrTLS               tls                                  no trusted connection
//	ErrTLSExpired        tls-expired             ErrTLS       the certificate has run out
//	ErrTLSNotYetValid    tls-not-yet-valid       ErrTLS       the certificate is of the future, or our clock is slow
//	ErrTLSHost           tls-wrong-host          ErrTLS       the certificate is another host's
//	ErrTLSSelfSigned     tls-self-signed         ErrTLS       nobody vouches for the certificate but itself
//	ErrTLSAuthority      tls-unknown-authority   ErrTLS       an authority that is not trusted, or a missing link to it
//	ErrTLSCertificate    tls-bad-certificate     ErrTLS       another fault of the certificate
//	ErrTLSVersion        tls-version             ErrTLS       no protocol version or cipher in common
//	ErrTLSClient         tls-client-certificate  ErrTLS       the server wants to see a certificate of ours
//	ErrTLSPlain          tls-plain-http          ErrTLS       it speaks plain HTTP, or something else, where TLS is due
//	ErrTLSHandshake      tls-handshake           ErrTLS       the handshake broke off
//	ErrTLSTimeout        tls-timeout             ErrTLS, ErrTimeout
//	ErrTimeout           timeout                              no complete answer in time
//	ErrFirstByteTimeout  first-byte-timeout      ErrTimeout   asked, and not a byte came
//	ErrBodyTimeout       body-timeout            ErrTimeout   the answer began and did not end
//	ErrTooSlow           too-slow                ErrTimeout   the body trickles below the least rate
//	ErrProtocol          protocol                             not proper HTTP
//	ErrNotHTTP           not-http                ErrProtocol  no status line, or headers that are none
//	ErrHeaderFlood       header-flood            ErrProtocol  too many or too large headers
//	ErrInterimFlood      interim-flood           ErrProtocol  one 1xx after the other, and no answer
//	ErrChunks            broken-chunks           ErrProtocol  chunked encoding that is none
//	ErrLength            wrong-length            ErrProtocol  lengths that contradict each other or are none
//	ErrHTTP2             http2                   ErrProtocol  a stream or connection error of HTTP/2
//	ErrCutOff            cut-off                              the answer ends before its end
//	ErrNoAnswer          no-answer               ErrCutOff    closed without a byte
//	ErrReset             reset                   ErrCutOff    the connection was reset
//	ErrEncoding          encoding                             the content encoding cannot be undone
//	ErrUnknownEncoding   encoding-unknown        ErrEncoding  one that we never asked for
//	ErrStacked           encoding-stacked        ErrEncoding  too many encodings over each other
//	ErrTooLarge          too-large                            larger than allowed
//	ErrBomb              bomb                                 inflates too far
//	ErrProxy             proxy                                the proxy's fault
//	ErrProxyUnreachable  proxy-unreachable       ErrProxy     no connection to the proxy
//	ErrProxyAuth         proxy-auth              ErrProxy     it wants other credentials
//	ErrProxyRefused      proxy-refused           ErrProxy     it will not, or cannot, connect us
//
// Besides, Reason knows cancelled (by us) and other (no failure of a fetch).
var (
	ErrURL     error = &failure{word: "url", says: "not an http or https URL", hint: "write an address that begins with http:// or https://, without a user's name in it"}
	ErrRefused error = &failure{word: "address-refused", says: "address refused: not on the public network", hint: "crawl: {private_networks: allow} opens this machine's own networks; addresses of cloud metadata stay closed"}
	ErrPort    error = &failure{word: "port-refused", says: "port refused: other services use it", hint: "news is on ports 80, 443 and above 1024", is: []error{ErrRefused}}

	ErrDNS        error = &failure{word: "dns", says: "name lookup failed", hint: "look the name up by hand; is this machine's resolver in order?"}
	ErrNoSuchHost error = &failure{word: "dns-no-such-host", says: "no such host name", hint: "the site may have moved or given up; check its address", is: []error{ErrDNS}}
	ErrNoAddress  error = &failure{word: "dns-no-address", says: "host name has no address", hint: "the name exists, but no web server behind it; try it with or without www", is: []error{ErrDNS}}
	ErrDNSTimeout error = &failure{word: "dns-timeout", says: "name servers gave no answer in time", hint: "when many sites fail so, it is this machine's resolver", is: []error{ErrDNS, ErrTimeout}}
	ErrDNSServer  error = &failure{word: "dns-server-failure", says: "name server failed", hint: "the site's name servers are broken, or this machine's resolver is", is: []error{ErrDNS}}

	ErrConnect           error = &failure{word: "connect", says: "no connection", hint: "is the network up?"}
	ErrConnectionRefused error = &failure{word: "connection-refused", says: "connection refused", hint: "nobody listens there: the server is down, or it is another port", is: []error{ErrConnect}}
	ErrUnreachable       error = &failure{word: "unreachable", says: "server unreachable", hint: "there is no way to that network; for an IPv6 address, does this machine have IPv6?", is: []error{ErrConnect}}
	ErrConnectTimeout    error = &failure{word: "connect-timeout", says: "no connection in time", hint: "a firewall drops us, or the server is gone", is: []error{ErrConnect, ErrTimeout}}

	ErrTLS            error = &failure{word: "tls", says: "no trusted connection", hint: "open the site in a browser and look at its certificate"}
	ErrTLSExpired     error = &failure{word: "tls-expired", says: "certificate has expired", hint: "the site must renew it; most do within days", is: []error{ErrTLS}}
	ErrTLSNotYetValid error = &failure{word: "tls-not-yet-valid", says: "certificate is not yet valid", hint: "is this machine's clock right?", is: []error{ErrTLS}}
	ErrTLSHost        error = &failure{word: "tls-wrong-host", says: "certificate is for another host", hint: "try the address with or without www", is: []error{ErrTLS}}
	ErrTLSSelfSigned  error = &failure{word: "tls-self-signed", says: "certificate is signed by itself", hint: "nobody vouches for this server; SSL_CERT_FILE can name more authorities", is: []error{ErrTLS}}
	ErrTLSAuthority   error = &failure{word: "tls-unknown-authority", says: "certificate of an unknown authority", hint: "the server leaves out a link of the chain, or a proxy stands between; SSL_CERT_FILE can name more authorities", is: []error{ErrTLS}}
	ErrTLSCertificate error = &failure{word: "tls-bad-certificate", says: "certificate is not acceptable", hint: "open the site in a browser and look at its certificate", is: []error{ErrTLS}}
	ErrTLSVersion     error = &failure{word: "tls-version", says: "no TLS version or cipher in common", hint: "the server is too old: nothing under TLS 1.2 is spoken", is: []error{ErrTLS}}
	ErrTLSClient      error = &failure{word: "tls-client-certificate", says: "server wants a client certificate", hint: "the server is not meant for the public", is: []error{ErrTLS}}
	ErrTLSPlain       error = &failure{word: "tls-plain-http", says: "server does not speak TLS there", hint: "try http:// instead of https://", is: []error{ErrTLS}}
	ErrTLSHandshake   error = &failure{word: "tls-handshake", says: "TLS handshake failed", hint: "the server, or a firewall before it, broke off", is: []error{ErrTLS}}
	ErrTLSTimeout     error = &failure{word: "tls-timeout", says: "no TLS handshake in time", hint: "the server takes connections and does not talk: overloaded, or not TLS", is: []error{ErrTLS, ErrTimeout}}

	ErrTimeout          error = &failure{word: "timeout", says: "no complete answer in time", hint: "crawl: {timeout: …} gives slow servers longer"}
	ErrFirstByteTimeout error = &failure{word: "first-byte-timeout", says: "server did not answer in time", hint: "the server is overloaded, or holds back unwelcome visitors", is: []error{ErrTimeout}}
	ErrBodyTimeout      error = &failure{word: "body-timeout", says: "answer was not complete in time", hint: "crawl: {timeout: …} gives slow servers longer", is: []error{ErrTimeout}}
	ErrTooSlow          error = &failure{word: "too-slow", says: "answer trickles too slowly", hint: "the server is overloaded, or wants to keep us busy", is: []error{ErrTimeout}}

	ErrProtocol     error = &failure{word: "protocol", says: "answer is not proper HTTP", hint: "is it a web server?"}
	ErrNotHTTP      error = &failure{word: "not-http", says: "answer is not HTTP", hint: "is it a web server, and on that port?", is: []error{ErrProtocol}}
	ErrHeaderFlood  error = &failure{word: "header-flood", says: "too many or too large headers", hint: "the server is broken or hostile", is: []error{ErrProtocol}}
	ErrInterimFlood error = &failure{word: "interim-flood", says: "too many interim answers", hint: "the server is broken or hostile", is: []error{ErrProtocol}}
	ErrChunks       error = &failure{word: "broken-chunks", says: "chunks of the answer are broken", hint: "the server or a cache before it is broken", is: []error{ErrProtocol}}
	ErrLength       error = &failure{word: "wrong-length", says: "length of the answer is contradictory", hint: "the server or a cache before it is broken", is: []error{ErrProtocol}}
	ErrHTTP2        error = &failure{word: "http2", says: "HTTP/2 failed", hint: "http2: off for the site asks over HTTP/1.1", is: []error{ErrProtocol}}

	ErrCutOff   error = &failure{word: "cut-off", says: "answer broken off", hint: "nothing of it was kept: half a page would look like an edit"}
	ErrNoAnswer error = &failure{word: "no-answer", says: "connection closed without an answer", hint: "the server or a firewall before it does not want us, or is overloaded", is: []error{ErrCutOff}}
	ErrReset    error = &failure{word: "reset", says: "connection reset", hint: "the server or a firewall before it does not want us, or is overloaded", is: []error{ErrCutOff}}

	ErrEncoding        error = &failure{word: "encoding", says: "content encoding cannot be undone", hint: "the server or a cache before it is broken"}
	ErrUnknownEncoding error = &failure{word: "encoding-unknown", says: "unknown content encoding", hint: "the server sends what it was not asked for", is: []error{ErrEncoding}}
	ErrStacked         error = &failure{word: "encoding-stacked", says: "too many content encodings over each other", hint: "the server is broken or hostile", is: []error{ErrEncoding}}

	ErrTooLarge error = &failure{word: "too-large", says: "answer too large", hint: "crawl: {max_page_size: …} allows more"}
	ErrBomb     error = &failure{word: "bomb", says: "answer inflates too far", hint: "the server is broken or hostile"}

	ErrProxy            error = &failure{word: "proxy", says: "proxy failed", hint: "look into the proxy's own log"}
	ErrProxyUnreachable error = &failure{word: "proxy-unreachable", says: "no connection to the proxy", hint: "is the proxy up, and its address right?", is: []error{ErrProxy}}
	ErrProxyAuth        error = &failure{word: "proxy-auth", says: "proxy wants other credentials", hint: "write them into the proxy's URL: http://user:password@host:port", is: []error{ErrProxy}}
	ErrProxyRefused     error = &failure{word: "proxy-refused", says: "proxy refused to connect", hint: "look into the proxy's own log", is: []error{ErrProxy}}
)

// A failure is a sentinel with what is counted and told of it.
type failure struct {
	word string
	says string
	hint string
	is   []error // its families
}

func (f *failure) Error() string   { return f.says }
func (f *failure) Unwrap() []error { return f.is }

func failures() []error {
	return []error{
		ErrURL, ErrRefused, ErrPort, ErrDNS, ErrNoSuchHost, ErrNoAddress, ErrDNSTimeout, ErrDNSServer,
		ErrConnect, ErrConnectionRefused, ErrUnreachable, ErrConnectTimeout,
		ErrTLS, ErrTLSExpired, ErrTLSNotYetValid, ErrTLSHost, ErrTLSSelfSigned, ErrTLSAuthority, ErrTLSCertificate,
		ErrTLSVersion, ErrTLSClient, ErrTLSPlain, ErrTLSHandshake, ErrTLSTimeout,
		ErrTimeout, ErrFirstByteTimeout, ErrBodyTimeout, ErrTooSlow,
		ErrProtocol, ErrNotHTTP, ErrHeaderFlood, ErrInterimFlood, ErrChunks, ErrLength, ErrHTTP2,
		ErrCutOff, ErrNoAnswer, ErrReset, ErrEncoding, ErrUnknownEncoding, ErrStacked, ErrTooLarge, ErrBomb,
		ErrProxy, ErrProxyUnreachable, ErrProxyAuth, ErrProxyRefused,
	}
}

// Reason is the word under which err is counted, of the most exact sentinel
// that it wraps; cancelled for a context's end, and other for what is no
// failure of a fetch. It is empty for no error.
func Reason(err error) string {
	var f *failure
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.word
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "cancelled"
	}
	return "other"
}

// Failure is the sentinel that is counted under a Reason; for what is none's,
// an error of that word.
func Failure(reason string) error {
	for _, err := range failures() {
		if err.(*failure).word == reason {
			return err
		}
	}
	return errors.New(reason)
}

// Hint is what a person may do about a counted Reason; empty if there is
// nothing to say.
func Hint(reason string) string {
	for _, err := range failures() {
		if f := err.(*failure); f.word == reason {
			return f.hint
		}
	}
	return ""
}
