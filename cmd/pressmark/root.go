package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/cmd/pressmark/guest"
)

// A cli is what every command gets: the flags that all share, and where to write.
type cli struct {
	archive string // -a: the archive's folder; "" means the configuration's
	config  string // -c
	json    bool
	quiet   bool
	verbose int // how often -v
	color   string

	logFormat, logFile string // of a command that crawls

	in  io.Reader // may be nil
	out *terminal // data
	err *terminal // talk
	log *slog.Logger

	ctx  context.Context // of the command line, which is as long as the cli lives
	args []string
	said [2]*counted // on stdout and stderr

	// Of a command line that another process typed:
	asked *guest.Command
	host  *host          // what this process has for it
	here  *time.Location // its time zone
}

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, in io.Reader, stdout, stderr io.Writer) int {
	return (&cli{in: in}).execute(ctx, args, stdout, stderr)
}

func (c *cli) execute(ctx context.Context, args []string, out, talk io.Writer) int {
	c.ctx, c.args = ctx, args
	c.said = [2]*counted{{Writer: out}, {Writer: talk}}
	stdout, stderr := io.Writer(c.said[0]), io.Writer(c.said[1])
	root := c.root(stdout, stderr)
	root.SetArgs(args)
	root.SetIn(c.in)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if c.asked != nil && err == nil {
		err = c.asked.Stdout.Flush()
	}
	if err == nil && c.out != nil && c.out.err != nil {
		err = fmt.Errorf("write: %w", c.out.err) // of a line that looked at no error
	}
	if err == nil {
		return exitFine
	}
	var done answered
	if errors.As(err, &done) {
		return done.code
	}
	code := exitCode(err)
	if code == exitInterrupted && c.asked != nil && errors.Is(context.Cause(ctx), guest.ErrEnding) {
		fmt.Fprintf(stderr, "pressmark: %s is ending, and this command with it\n  the same command again works without it\n", c.host.holder)
		return exitFailed
	}
	if code == exitInterrupted {
		fmt.Fprintln(stderr, "pressmark: interrupted")
		return code
	}
	if errors.Is(err, errDiffer) {
		return code
	}
	var bad *configFaults
	if errors.As(err, &bad) { // its lines begin with the file's name, as editors like it
		fmt.Fprintln(stderr, clean(err.Error()))
	} else {
		fmt.Fprintf(stderr, "pressmark: %s\n", clean(err.Error()))
	}
	var h hinted
	if errors.As(err, &h) {
		fmt.Fprintf(stderr, "  %s\n", clean(h.hint))
	}
	return code
}

func (c *cli) root(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "pressmark",
		Short: "Keeps every edition of the news you watch",
		Long: `pressmark crawls news sites on a schedule, takes out the article and leaves the
cookie notice, folds the same wire story from ten papers into one, keeps each
version, and tells you what was changed, when, and whether the paper admitted
it. One binary, one folder, no services.

  pressmark demo                               see it work, without a network
  pressmark init ~/news && cd ~/news           your own papers
  pressmark add https://www.example.org/
  pressmark run`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return c.begin(stdout, stderr)
		},
	}
	f := root.PersistentFlags()
	f.StringVarP(&c.archive, "archive", "a", "", "the archive's `DIR` (default: the configuration's, else ./archive)")
	f.StringVarP(&c.config, "config", "c", "", "configuration `FILE` (default ./"+configName+")")
	f.BoolVar(&c.json, "json", false, "print one JSON object a line")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "say nothing but errors")
	f.CountVarP(&c.verbose, "verbose", "v", "say more; -vv: each request too")
	f.StringVar(&c.color, "color", "auto", "colours: auto, always or never")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(hint(err, "see "+cmd.CommandPath()+" --help"))
	})
	root.AddGroup(
		&cobra.Group{ID: "start", Title: "Start"},
		&cobra.Group{ID: "crawl", Title: "Crawl"},
		&cobra.Group{ID: "read", Title: "Read"},
		&cobra.Group{ID: "inout", Title: "Take out and in"},
		&cobra.Group{ID: "keep", Title: "Keep"},
		&cobra.Group{ID: "setup", Title: "Set up"},
	)
	for _, g := range []struct {
		id       string
		commands []*cobra.Command
	}{
		{"start", []*cobra.Command{c.demoCommand(), c.initCommand(), c.addCommand(), c.doctorCommand()}},
		{"crawl", []*cobra.Command{c.runCommand(), c.crawlCommand(), c.siteCommand(), c.queueCommand(), c.runsCommand(), c.scheduleCommand()}},
		{"read", []*cobra.Command{c.lsCommand(), c.showCommand(), c.logCommand(), c.diffCommand(), c.blameCommand(), c.changesCommand(), c.storiesCommand(), c.reportCommand()}},
		{"inout", []*cobra.Command{c.exportCommand(), c.importCommand(), c.evidenceCommand(), c.extractCommand(), c.dedupCommand(), c.compareCommand()}},
		{"keep", []*cobra.Command{c.verifyCommand(), c.proofCommand(), c.repairCommand(), c.backupCommand(), c.restoreCommand(), c.compactCommand(), c.pruneCommand(), c.takedownCommand(), c.reextractCommand(), c.statsCommand()}},
		{"setup", []*cobra.Command{c.configCommand(), c.rulesCommand(), c.versionCommand()}},
	} {
		for _, cmd := range g.commands {
			cmd.GroupID = g.id
			root.AddCommand(cmd)
		}
	}
	root.AddCommand(c.newsroomCommand(), c.metricsTopic())
	root.SetCompletionCommandGroupID("setup")
	root.SetHelpCommandGroupID("setup")
	root.InitDefaultCompletionCmd()
	root.SetUsageTemplate(root.UsageTemplate() + "{{if not .HasParent}}\n" + exitHelp + "\n{{end}}")
	checkArgs(root)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		var text strings.Builder
		cmd.SetOut(&text)
		help(cmd, args)
		cmd.SetOut(stdout)
		fmt.Fprint(newTerminal(stdout, "never"), text.String())
	})
	return root
}

// checkArgs makes wrong arguments a usage error, for every command.
func checkArgs(cmd *cobra.Command) {
	if cmd.HasSubCommands() {
		cmd.SuggestionsMinimumDistance = 2
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			way := "see " + cmd.CommandPath() + " --help"
			if s := cmd.SuggestionsFor(args[0]); len(s) > 0 {
				way = "did you mean " + strings.Join(s, " or ") + "?"
			}
			what := "command"
			if cmd.HasParent() {
				what = cmd.Name() + " command"
			}
			return usage(hint(fmt.Errorf("there is no %s %q", what, args[0]), way))
		}
		if cmd.RunE == nil {
			cmd.RunE = func(cmd *cobra.Command, _ []string) error {
				if asked, _ := cmd.Flags().GetBool("json"); asked {
					return usage(hint(errors.New("no command is named"), "see "+cmd.CommandPath()+" --help"))
				}
				return cmd.Help()
			}
		}
	} else if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if check(cmd, args) == nil {
				return nil
			}
			wrong := "too many arguments"
			switch {
			case len(args) == 0:
				wrong = "an argument is missing"
			case check(cmd, nil) == nil && check(cmd, args[:1]) != nil:
				wrong = fmt.Sprintf("%s takes no argument, and %q is one", cmd.CommandPath(), args[0])
			}
			return usage(hint(errors.New(wrong), "usage: "+strings.TrimSuffix(cmd.UseLine(), " [flags]")))
		}
	}
	for _, sub := range cmd.Commands() {
		checkArgs(sub)
	}
}

// begin sets up what the shared flags ask for.
func (c *cli) begin(stdout, stderr io.Writer) (err error) {
	switch c.color {
	case "auto", "always", "never":
	default:
		return usage(fmt.Errorf("--color is %q: write auto, always or never", c.color))
	}
	c.out = newTerminal(stdout, c.color)
	c.err = newTerminal(stderr, c.color)
	if c.log, err = c.newLog(); err != nil || c.asked != nil { // the default is that of the process
		return err
	}
	slog.SetDefault(c.log) // what libraries say through package log goes there too, at level info
	return nil
}

// say writes a line of talk, unless --quiet.
func (c *cli) say(format string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}
