package hostile

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"time"
)

// An authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate for 127.0.0.1, changed by change and signed by a,
// or by itself.
func (a *authority) issue(change func(*x509.Certificate)) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: "hostile.example"},
		NotBefore:    time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(c)
	}
	parent, by := c, key
	if a != nil {
		parent, by = a.cert, a.key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, by)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}

func newAuthority(name string) (*authority, error) {
	c, err := (*authority)(nil).issue(func(c *x509.Certificate) {
		c.Subject.CommonName, c.IsCA, c.BasicConstraintsValid = name, true, true
		c.KeyUsage, c.ExtKeyUsage, c.IPAddresses = x509.KeyUsageCertSign, nil, nil
	})
	if err != nil {
		return nil, err
	}
	return &authority{cert: c.Leaf, key: c.PrivateKey.(*ecdsa.PrivateKey)}, nil
}

// secured serves over TLS what a polite page serves.
func secured(conf *tls.Config) func(net.Conn) {
	return func(c net.Conn) {
		s := tls.Server(c, conf)
		if _, err := http.ReadRequest(bufio.NewReader(s)); err != nil {
			return
		}
		io.WriteString(s, ok("", Page))
		s.CloseWrite()
	}
}

// openTLS opens servers with which there is no trusted connection.
func (g *Gallery) openTLS() error {
	ours, err := newAuthority("Trusted in the gallery")
	if err != nil {
		return err
	}
	theirs, err := newAuthority("Trusted nowhere")
	if err != nil {
		return err
	}
	g.Roots = x509.NewCertPool()
	g.Roots.AddCert(ours.cert)
	good, err := ours.issue(nil)
	if err != nil {
		return err
	}
	g.cert = good
	past, future := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	type wrong struct {
		name, does, gets string
		by               *authority
		change           func(*x509.Certificate)
		conf             func(*tls.Config)
	}
	for _, w := range []wrong{
		{"good TLS", "is in order, over TLS", "200", ours, nil, nil},
		{"expired", "shows a certificate that has run out", "tls-expired", ours, func(c *x509.Certificate) { c.NotAfter = past }, nil},
		{"not yet valid", "shows a certificate of the future", "tls-not-yet-valid", ours, func(c *x509.Certificate) { c.NotBefore = future }, nil},
		{"wrong host", "shows another host's certificate", "tls-wrong-host", ours, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.example"} }, nil},
		{"no names", "shows a certificate without a name", "tls-wrong-host", ours, func(c *x509.Certificate) { c.IPAddresses = nil }, nil},
		{"self-signed", "shows a certificate that it has signed itself", "tls-self-signed", nil, nil, nil},
		{"unknown authority", "shows a certificate of an authority that nobody knows", "tls-unknown-authority", theirs, nil, nil},
		{"certificate for mail", "shows a certificate that is not for web servers", "tls-bad-certificate", ours, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} }, nil},
		{"old TLS", "speaks TLS 1.0 only", "tls-version", ours, nil, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 }},
		{"other ALPN", "speaks another protocol over TLS", "tls-handshake", ours, nil, func(c *tls.Config) { c.NextProtos = []string{"gemini"} }},
		{"closed society", "wants to see a certificate of the visitor", "tls-client-certificate", ours, nil, func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }},
		{"no handshake", "refuses each handshake", "tls-handshake", ours, nil, func(c *tls.Config) {
			c.Certificates = nil
			c.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, io.EOF }
		}},
	} {
		cert, err := w.by.issue(w.change)
		if err != nil {
			return err
		}
		conf := &tls.Config{Certificates: []tls.Certificate{cert}}
		if w.conf != nil {
			w.conf(conf)
		}
		if err := g.add(Exhibit{Name: w.name, Does: w.does, Gets: w.gets}, "https", secured(conf)); err != nil {
			return err
		}
	}
	hello := func(c net.Conn) { io.ReadFull(c, make([]byte, 5)) }
	for _, e := range []struct {
		Exhibit
		serve func(net.Conn)
	}{
		{Exhibit{Name: "HTTP for TLS", Does: "speaks plain HTTP where TLS is due", Gets: "tls-plain-http"}, func(c net.Conn) { hello(c); io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }},
		{Exhibit{Name: "mail for TLS", Does: "greets as a mail server where TLS is due", Gets: "tls-plain-http"}, func(c net.Conn) { io.WriteString(c, "220 mail.example ESMTP\r\n"); hold(c) }},
		{Exhibit{Name: "hangs up on TLS", Does: "closes when greeted", Gets: "tls-handshake"}, func(c net.Conn) { hello(c); c.(*net.TCPConn).CloseWrite(); hold(c) }},
		{Exhibit{Name: "resets TLS", Does: "resets when greeted", Gets: "tls-handshake"}, func(c net.Conn) { hello(c); reset(c, nil) }},
		{Exhibit{Name: "TLS alert", Does: "answers the greeting with an alert: handshake failure", Gets: "tls-version"}, func(c net.Conn) { hello(c); io.WriteString(c, "\x15\x03\x03\x00\x02\x02\x28"); hold(c) }},
		{Exhibit{Name: "silent TLS", Does: "takes the greeting and says nothing", Gets: "tls-timeout", Hangs: true}, hold},
	} {
		if err := g.add(e.Exhibit, "https", e.serve); err != nil {
			return err
		}
	}
	return nil
}

// add starts an exhibit of its own kind.
func (g *Gallery) add(e Exhibit, scheme string, serve func(net.Conn)) error {
	at, err := g.listen(serve)
	if err != nil {
		return err
	}
	e.URL = scheme + "://" + at + "/"
	g.Exhibits = append(g.Exhibits, e)
	return nil
}
