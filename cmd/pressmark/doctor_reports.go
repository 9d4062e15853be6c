package main

import (
	"maps"
	"os"
	"slices"
)

// reports looks whether what is secret in destinations is there. Beside a
// daemon the doctor runs in its process, so it sees what that one sees.
func (x *examination) reports() {
	wanted := map[string]string{} // who wants a variable, by its name
	list := destinations(x.conf)
	for _, d := range list {
		names := d.to.secrets()
		if d.kind == "mail" && x.conf.Mail.User != "" {
			names = append(names, smtpPassword)
		}
		for _, name := range names {
			if os.Getenv(name) == "" {
				wanted[name] = d.String()
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		x.attention("reports", "set it where pressmark run is started: export "+name+"=…, or EnvironmentFile= for systemd", "the environment variable %s is not set: nothing can be sent to %s", name, wanted[name])
	}
	if len(list) > 0 && len(wanted) == 0 {
		x.fine("reports", "%s to %s", count(len(x.conf.Reports), "report"), count(len(list), "destination"))
	}
}
