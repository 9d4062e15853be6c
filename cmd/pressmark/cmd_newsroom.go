package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"pressmark/crawler/newsroom"
)

func (c *cli) newsroomCommand() *cobra.Command {
	var pages, listen string
	cmd := &cobra.Command{
		Use:   "newsroom",
		Short: "Serve an invented newsroom, or a folder of saved pages, to crawl (for development)",
		Long: `Serve the demo's newsroom until Ctrl-C, or with --pages a folder of saved pages
(*.html, *.html.gz) as a site with a feed, on loopback.`,
		Example: "  pressmark newsroom --pages saved/ --listen 127.0.0.1:8401",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if pages != "" {
				return c.servePages(cmd.Context(), pages, listen)
			}
			return c.serveNewsroom(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&pages, "pages", "", "serve the saved pages below `DIR`")
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "address for --pages, on loopback")
	return cmd
}

func (c *cli) serveNewsroom(ctx context.Context) error {
	room, err := newsroom.New(newsroom.Options{Now: time.Now, Log: c.log})
	if err != nil {
		return err
	}
	if err := room.Start(ctx); err != nil {
		return err
	}
	for _, p := range room.Papers() {
		if c.json {
			if err := object(c.out, struct {
				Name string `json:"name"`
				URL  string `json:"url"`
				Note string `json:"note"`
			}{p.Name, p.URL, p.Note}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s  %s\n", pad(p.Name, 20), p.URL, c.out.style(faint, p.Note))
	}
	c.say("edit by hand at %s   (Ctrl-C ends)", room.Control())
	<-ctx.Done()
	return room.Close()
}

func (c *cli) servePages(ctx context.Context, dir, listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return usage(fmt.Errorf("--listen: %w", err))
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return usage(fmt.Errorf("--listen %s is not on loopback", listen))
	}
	h, err := newsroom.Folder(dir)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("serve %s: %w", dir, err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		srv.Close()
	}()
	if c.json {
		err = object(c.out, struct {
			URL string `json:"url"`
		}{"http://" + l.Addr().String() + "/"})
	} else {
		_, err = fmt.Fprintf(c.out, "http://%s/\n", l.Addr())
	}
	if err != nil {
		return err
	}
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
