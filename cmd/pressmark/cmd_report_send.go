package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/report"
)

func (c *cli) reportSendCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "send NAME…",
		Short: "Send reports of the configuration now",
		Long: `Send reports of the configuration now, each destination what it was not told
yet; the first time, what was first seen within the last day. pressmark run
sends them on their schedules.

  mail: {server: "smtp.example.org:587", from: press@example.org, user: press}
  watches:
    - {name: port contract, words: [port contract, "harbour*"], grade: 2}
  reports:
    - name: daily
      cron: "0 7 * * *"        or every: 1h
      timezone: Europe/Berlin
      grade: 2                 or sites, kinds, stealth: true, watches: [port contract]
      quiet: 22:00-06:00       what falls due then is sent afterwards
      digest: true             false: a message for each change
      to:
        - mail: [desk@example.org]
        - {webhook: "https://example.org/hook", secret_env: HOOK_SECRET}
        - slack: env:DESK_SLACK
        - {ntfy: "https://ntfy.example.org/news", token_env: NTFY_TOKEN}
        - file: reports/{date}.html

Secrets are read from the environment: PRESSMARK_SMTP_PASSWORD for mail, and
what secret_env, token_env and env:NAME say.

A webhook gets JSON by POST, with the header Idempotency-Key, the same whenever
the same is sent again, and, with secret_env, Pressmark-Timestamp (seconds) and
Pressmark-Signature: sha256= and the HMAC-SHA256, in hexadecimal, of the
timestamp, a full stop and the body. What is not answered with 2xx is sent
again, at first within half a minute, then by pressmark run within an hour, so
that everything arrives at least once. An address in a private network is
refused unless private_networks: allow stands beside it.`,
		Example: "  pressmark report send daily\n  pressmark report ls",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			list, err := reportsCalled(conf, args)
			if err != nil {
				return err
			}
			return c.moving("report send", func(store *archive.Store) error {
				failed := 0
				for _, to := range list {
					out := c.send(cmd.Context(), store, &to, time.Now(), deliveryBackoff())
					if out.err != nil {
						failed++
					}
					if err := c.printDelivery(out); err != nil {
						return err
					}
				}
				switch {
				case failed == len(list):
					return fmt.Errorf("%s of %s could not be sent; nothing of it is lost", count(failed, "report"), thousands(len(list)))
				case failed > 0:
					return fmt.Errorf("%w: %s of %s could not be sent; nothing of it is lost", errPartly, count(failed, "report"), thousands(len(list)))
				}
				return nil
			})
		},
	}
}

// reportsCalled are the destinations of the reports with these names.
func reportsCalled(conf *config, names []string) (list []destination, err error) {
	var known []string
	for _, r := range conf.Reports {
		known = append(known, r.Name)
	}
	for _, name := range names {
		before := len(list)
		for _, d := range destinations(conf) {
			if fold(d.report.Name) == fold(name) {
				list = append(list, d)
			}
		}
		if len(list) > before {
			continue
		}
		way := "pressmark report ls lists the reports; pressmark report send --help shows how one is written"
		if best := nearest(name, known); best != "" {
			way = "did you mean " + best + "?"
		}
		return nil, usage(hint(fmt.Errorf("the configuration has no report %q", name), way))
	}
	return list, nil
}

// printDelivery tells what became of a report.
func (c *cli) printDelivery(out delivery) error {
	if c.json {
		return object(c.out, struct {
			Type string `json:"type"`
			delivery
		}{"delivery", out})
	}
	what := "nothing to tell"
	switch {
	case out.err != nil:
		what = c.out.style(red, "not sent: "+out.Error)
	case out.Messages > 0:
		what = "sent: " + count(out.Changes, "change")
		if out.Messages > 1 {
			what += " in " + count(out.Messages, "message")
		}
	}
	_, err := fmt.Fprintf(c.out, "%s  %s  %s\n", pad(fit(line(out.Report), 20), 20), pad(fit(line(out.To), 36), 36), what)
	return err
}

func (c *cli) reportListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "ls",
		Short: "List the reports of the configuration, and what waits for whom",
		Long:  "List the reports of the configuration: to whom each goes, when it was sent last and\nis due next, and how many changes wait for it.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conf, err := c.configuration()
			if err != nil {
				return err
			}
			list := destinations(conf)
			if len(list) == 0 {
				c.say("the configuration has no reports; pressmark report send --help shows how one is written")
				return nil
			}
			return c.reading(func(store *archive.Store) error {
				for _, to := range list {
					if err := c.printReport(cmd, store, &to); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (c *cli) printReport(cmd *cobra.Command, store *archive.Store, to *destination) error {
	cursor, err := report.ReadCursor(store, to.cursor())
	if err != nil {
		return err
	}
	o := struct {
		Report  string    `json:"report"`
		To      string    `json:"to"`
		Sent    time.Time `json:"sent,omitzero"` // or found to have nothing to tell
		Next    time.Time `json:"next,omitzero"`
		Waiting int       `json:"waiting"` // changes
	}{Report: to.report.Name, To: to.String(), Sent: cursor.Told}
	if !cursor.Told.IsZero() {
		r, err := report.Build(cmd.Context(), store, report.Options{Now: time.Now(), Choice: to.conf.reportChoice(to.report), Cursor: cursor})
		if err != nil {
			return err
		}
		o.Waiting = r.Changed
		if o.Next, err = to.next(cursor.Told); err != nil {
			return err
		}
	}
	if c.json {
		return object(c.out, o)
	}
	zone := to.conf.reportZone(to.report)
	state := "never sent"
	if !o.Sent.IsZero() {
		state = "told up to " + clock(o.Sent, zone) + "  due " + clock(o.Next, zone) + "  " + count(o.Waiting, "change") + " waiting"
	}
	_, err = fmt.Fprintf(c.out, "%s  %s  %s\n", pad(fit(line(o.Report), 20), 20), pad(fit(line(o.To), 36), 36), state)
	return err
}

func (c *cli) reportCursorsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cursors",
		Short: "List who was told how far, and forget it",
		Long: `List the cursors of report --cursor: the name, when it was told last, and the
change up to which; those of report send stand as REPORT → DESTINATION.`,
		Example: "  pressmark report cursors\n  pressmark report cursors reset desk",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.reading(func(store *archive.Store) error {
				list, err := report.Cursors(store)
				if err != nil {
					return err
				}
				for _, x := range list {
					if c.json {
						err = object(c.out, struct {
							Name string      `json:"name"`
							Told time.Time   `json:"told"`
							Seq  archive.Seq `json:"seq"`
						}{x.Name, x.Told, x.At})
					} else {
						_, err = fmt.Fprintf(c.out, "%s  told %s  up to %d\n", pad(fit(line(x.Name), 40), 40), clock(x.Told, c.zone()), x.At)
					}
					if err != nil {
						return err
					}
				}
				if len(list) == 0 {
					c.say("nobody was told anything: pressmark report --cursor NAME does")
				}
				return nil
			})
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "reset NAME…",
		Short:   "Forget cursors: their next report tells of everything",
		Long:    "Forget cursors: the next report by each tells of everything in the archive, or, where\nit is one of report send, of the last day.",
		Example: "  pressmark report cursors reset desk",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.moving("report cursors reset", func(store *archive.Store) error {
				known, err := report.Cursors(store)
				if err != nil {
					return err
				}
				var names []string
				for _, x := range known {
					names = append(names, x.Name)
				}
				for _, name := range args {
					if !strings.Contains("\x00"+strings.Join(names, "\x00")+"\x00", "\x00"+name+"\x00") {
						way := "pressmark report cursors lists them"
						if best := nearest(name, names); best != "" {
							way = "did you mean " + best + "?"
						}
						return usage(hint(fmt.Errorf("there is no cursor %q", name), way))
					}
				}
				for _, name := range args {
					if err := report.ResetCursor(cmd.Context(), store, name); err != nil {
						return err
					}
				}
				return nil
			})
		},
	})
	return cmd
}
