package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/goccy/go-yaml/ast"
	gomail "github.com/wneessen/go-mail"

	"pressmark/archive/report"
)

// A mailConfig is the server that mail is handed to.
type mailConfig struct {
	Server string `yaml:"server" json:"server,omitempty" jsonschema:"host:port of the mail server, such as smtp.example.org:587"`
	From   string `yaml:"from" json:"from,omitempty" jsonschema:"address that reports come from"`
	User   string `yaml:"user" json:"user,omitempty" jsonschema:"name to log in by; the password is read from the environment, PRESSMARK_SMTP_PASSWORD"`
	TLS    string `yaml:"tls" json:"tls,omitempty" jsonschema:"starttls, tls (from the first byte, mostly port 465) or none (only for a server on this machine); default: tls for port 465, else starttls"`
	CA     string `yaml:"ca" json:"ca,omitempty" jsonschema:"PEM file of the authority that signed the server's certificate, where the machine does not know it"`
}

// smtpPassword is the environment variable with the password of the mail server.
const smtpPassword = "PRESSMARK_SMTP_PASSWORD"

// mailCards is how many changes of a sort a mail shows: few servers take more
// than some 10 MB.
const mailCards = 150

// mailTimeout is the longest time for one message.
const mailTimeout = time.Minute

func (e *configFaults) mail(c *config, root ast.Node) {
	m := &c.Mail
	if *m == (mailConfig{}) {
		return
	}
	host, port, err := net.SplitHostPort(m.Server)
	if n, perr := strconv.Atoi(port); err != nil || host == "" || perr != nil || n < 1 || n > 65535 {
		e.at(node(root, "$.mail.server"), "%q is no mail server: write host:port, such as smtp.example.org:587", m.Server)
		return
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		at := node(root, "$.mail.from")
		if at == nil {
			at = node(root, "$.mail")
		}
		e.at(at, "from: %q is no mail address", m.From)
	}
	if m.TLS == "" {
		if m.TLS = "starttls"; port == "465" {
			m.TLS = "tls"
		}
	}
	ip := net.ParseIP(host)
	switch {
	case m.TLS != "starttls" && m.TLS != "tls" && m.TLS != "none":
		e.at(node(root, "$.mail.tls"), "tls is %q: write starttls, tls or none", m.TLS)
	case m.TLS == "none" && host != "localhost" && (ip == nil || !ip.IsLoopback()):
		e.at(node(root, "$.mail.tls"), "tls: none is for a server on this machine: %s would send reports and the password for everybody to read", host)
	}
}

// mailReport writes a report as a message of plain text and HTML.
func mailReport(conf *config, p *parcel, to []string) (*gomail.Msg, error) {
	var text, page bytes.Buffer
	r := p.report.Brief(mailCards)
	if err := report.Text(newTerminal(&text, "never"), r, p.zone, report.Plain); err != nil {
		return nil, err
	}
	if err := report.HTML(&page, r, p.zone); err != nil {
		return nil, err
	}
	m := gomail.NewMsg()
	if err := m.From(conf.Mail.From); err != nil {
		return nil, fmt.Errorf("from %q: %w", conf.Mail.From, err)
	}
	if err := m.To(to...); err != nil {
		return nil, fmt.Errorf("to %q: %w", to, err)
	}
	from, err := mail.ParseAddress(conf.Mail.From)
	if err != nil {
		return nil, err
	}
	_, domain, _ := cutLast(from.Address, "@")
	m.Subject(line(p.subject()))
	m.SetDateWithValue(p.report.Until)
	m.SetMessageIDWithValue(p.id + "@" + domain) // the same again for the same: a reader shows it once
	m.SetUserAgent(program())
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(gomail.TypeTextPlain, text.String())
	m.AddAlternativeString(gomail.TypeTextHTML, page.String())
	return m, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	for i := len(s) - len(sep); i >= 0; i-- {
		if s[i:i+len(sep)] == sep {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// sendMail hands a message to the server.
func sendMail(ctx context.Context, conf *config, p *parcel, to []string) error {
	msg, err := mailReport(conf, p, to)
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(conf.Mail.Server)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	roots, err := conf.mailRoots()
	if err != nil {
		return err
	}
	options := []gomail.Option{
		gomail.WithPort(n), gomail.WithTimeout(mailTimeout), gomail.WithHELO(heloName()),
		gomail.WithTLSConfig(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: roots}),
	}
	switch conf.Mail.TLS {
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if conf.Mail.User != "" {
		password := os.Getenv(smtpPassword)
		if password == "" {
			return &permanent{fmt.Errorf("no password for %s at the mail server: the environment variable %s is not set", conf.Mail.User, smtpPassword)}
		}
		auth := gomail.SMTPAuthAutoDiscover
		if conf.Mail.TLS == "none" {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(conf.Mail.User), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*mailTimeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		var sent *gomail.SendError
		if errors.As(err, &sent) && !sent.IsTemp() && sent.Reason != gomail.ErrConnCheck {
			return &permanent{err}
		}
		return err
	}
	return nil
}

// heloName is how this machine calls itself to a mail server.
func heloName() string {
	if name, err := os.Hostname(); err == nil && name != "" {
		return name
	}
	return "localhost"
}

// mailRoots are the authorities that the mail server's certificate may be
// signed by; nil means those that the machine knows.
func (c *config) mailRoots() (*x509.CertPool, error) {
	if c.Mail.CA == "" {
		return nil, nil
	}
	b, err := c.of.read(c.beside(c.Mail.CA), 1<<20)
	if err != nil {
		return nil, fmt.Errorf("read mail.ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(b) {
		return nil, fmt.Errorf("mail.ca: %s holds no certificate in PEM", c.Mail.CA)
	}
	return pool, nil
}

// beside is a file's name, relative to the configuration's.
func (c *config) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(c.path), name)
}
