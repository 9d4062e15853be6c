package main

import (
	"net"
	"strconv"

	"github.com/goccy/go-yaml/ast"

	"pressmark/crawler/websub"
)

// A websubConfig says where hubs reach the daemon.
type websubConfig struct {
	Listen string `yaml:"listen" json:"listen,omitempty" jsonschema:"host:port at which pressmark run listens for hubs, mostly behind a proxy; default: 127.0.0.1:8089"`
	URL    string `yaml:"url" json:"url,omitempty" jsonschema:"the address under which hubs reach it, such as https://press.example.org/hub; without it nothing is subscribed to"`
}

// websubListen is where it listens that does not say.
const websubListen = "127.0.0.1:8089"

func (e *configFaults) websub(c *config, root ast.Node) {
	if c.WebSub.URL != "" {
		if err := websub.CheckCallback(c.WebSub.URL); err != nil {
			e.at(node(root, "$.websub.url"), "%v", err)
		}
	}
	if !listenable(c.WebSub.Listen) {
		e.at(node(root, "$.websub.listen"), "%q is no address to listen at: write host:port, such as %s", c.WebSub.Listen, websubListen)
	}
}

// listenable reports whether an address may be listened at.
func listenable(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 0 && n <= 65535
}
