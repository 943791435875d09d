// Command vcsim serves a vCenter of the govmomi simulator to the tests, with what the
// simulator lacks for moving virtual machines added through its extension points.
// README.md beside this file documents the flags and the control interface.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

func main() {
	options, err := parseOptions(os.Args[1:])
	if err == flag.ErrHelp {
		os.Exit(2)
	}
	if err == nil {
		err = run(options)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "vcsim:", err)
		os.Exit(1)
	}
}

// run serves until stdin ends, a signal arrives or the control interface asks for it.
func run(options options) error {
	if options.workspace != "" {
		// The simulator makes its folders where temporary files belong.
		if err := os.Setenv("TMPDIR", options.workspace); err != nil {
			return err
		}
	}
	quit := newQuitSwitch()
	peer, err := startPeer(options, quit.request)
	if err != nil {
		return err
	}
	defer peer.close()

	if err := json.NewEncoder(os.Stdout).Encode(peer.ready()); err != nil {
		return err
	}

	abandoned := make(chan struct{})
	go func() {
		// Whoever started this program holds the other end of stdin: when it dies, so does the simulator.
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(abandoned)
	}()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	select {
	case <-quit.requested:
	case <-signals:
	case <-abandoned:
		if options.workspace != "" {
			defer os.RemoveAll(options.workspace)
		}
	}
	return nil
}

// quitSwitch can be thrown by several parties, any number of times.
type quitSwitch struct {
	once      sync.Once
	requested chan struct{}
}

func newQuitSwitch() *quitSwitch {
	return &quitSwitch{requested: make(chan struct{})}
}

func (q *quitSwitch) request() {
	q.once.Do(func() { close(q.requested) })
}
