package hostile

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"

	"golang.org/x/net/dns/dnsmessage"
)

// openNames opens a name server that knows the hostile names, and a resolver
// that asks nobody else.
//
//	nobody.hostile.example   NXDOMAIN
//	empty.hostile.example    the name is there, without an address
//	failing.hostile.example  SERVFAIL
//	refusing.hostile.example REFUSED
//	babbling.hostile.example an answer that is no DNS
//	silent.hostile.example   no answer
//	circle.hostile.example   an alias of itself
//	private.hostile.example  10.0.0.1
//	metadata.hostile.example 169.254.169.254
//	turning.hostile.example  a public address at first, then the metadata's
//	home.hostile.example     127.0.0.1
func (g *Gallery) openNames() error {
	c, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	g.enter(c)
	names := &names{}
	g.wait.Go(func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer := names.answer(buf[:n]); answer != nil {
				c.WriteTo(answer, from)
			}
		}
	})
	to := c.LocalAddr().String()
	g.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", to)
	}}
	if first, err := g.Resolver.LookupNetIP(context.Background(), "ip4", "turning.hostile.example."); err != nil || first[0].IsLinkLocalUnicast() {
		return fmt.Errorf("the name that turns was %v at first, %v", first, err)
	}
	for _, e := range []Exhibit{
		{Name: "name of nobody", Does: "has a name that does not exist", Gets: "dns-no-such-host", URL: "nobody"},
		{Name: "name without address", Does: "has a name without an address", Gets: "dns-no-address", URL: "empty"},
		{Name: "name server fails", Does: "has a name server that answers SERVFAIL", Gets: "dns-server-failure", URL: "failing"},
		{Name: "name server refuses", Does: "has a name server that answers REFUSED", Gets: "dns-server-failure", URL: "refusing"},
		{Name: "name server babbles", Does: "has a name server that sends no DNS", Gets: "dns-timeout", Hangs: true, URL: "babbling"},
		{Name: "name server is silent", Does: "has a name server that does not answer", Gets: "dns-timeout", Hangs: true, URL: "silent"},
		{Name: "name in a circle", Does: "has a name that is an alias of itself", Gets: "dns-no-address", URL: "circle"},
		{Name: "name of the metadata", Does: "has a name whose address is a cloud's metadata service", Gets: "address-refused", URL: "metadata"},
		{Name: "name that turns", Does: "has a name that was public when first looked at, and is the metadata's now", Gets: "address-refused", URL: "turning"},
	} {
		e.URL = "http://" + e.URL + ".hostile.example/"
		g.Exhibits = append(g.Exhibits, e)
	}
	return nil
}

type names struct{ turns atomic.Int32 }

func (s *names) answer(query []byte) []byte {
	var p dnsmessage.Parser
	h, err := p.Start(query)
	if err != nil {
		return nil
	}
	q, err := p.Question()
	if err != nil {
		return nil
	}
	name, _, _ := strings.Cut(strings.ToLower(q.Name.String()), ".")
	h.Response, h.RecursionAvailable = true, true
	var address [4]byte
	switch name {
	case "empty", "circle":
	case "failing":
		h.RCode = dnsmessage.RCodeServerFailure
	case "refusing":
		h.RCode = dnsmessage.RCodeRefused
	case "babbling":
		return []byte("what was the question?")
	case "silent":
		return nil
	case "private":
		address = [4]byte{10, 0, 0, 1}
	case "metadata":
		address = [4]byte{169, 254, 169, 254}
	case "turning":
		address = [4]byte{93, 184, 215, 14}
		if q.Type == dnsmessage.TypeA && s.turns.Add(1) > 1 {
			address = [4]byte{169, 254, 169, 254}
		}
	case "home":
		address = [4]byte{127, 0, 0, 1}
	default:
		h.RCode = dnsmessage.RCodeNameError
	}
	b := dnsmessage.NewBuilder(nil, h)
	if b.StartQuestions() != nil || b.Question(q) != nil || b.StartAnswers() != nil {
		return nil
	}
	head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}
	switch {
	case name == "circle":
		err = b.CNAMEResource(head, dnsmessage.CNAMEResource{CNAME: q.Name})
	case address != [4]byte{} && q.Type == dnsmessage.TypeA:
		err = b.AResource(head, dnsmessage.AResource{A: address})
	}
	if err != nil {
		return nil
	}
	answer, err := b.Finish()
	if err != nil {
		return nil
	}
	return answer
}
