package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/tools/go/analysis"
)

// session is one run of the command line.
type session struct {
	urls     map[string]string
	opts     *options
	self     string // this program
	dir      string // where it runs
	progress *progress
}

func newSession(checks []*analysis.Analyzer, opts *options) *session {
	return &session{urls: pages(checks), opts: opts, progress: newProgress(os.Stderr)}
}

// run analyses, prints, and returns the exit code.
func (s *session) run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	rep, err := s.analyse(ctx)
	s.progress.clear()
	switch {
	case ctx.Err() != nil:
		return s.fail(errors.New("interrupted"))
	case errors.Is(err, exec.ErrNotFound):
		return s.fail(errors.New("the go command is not in PATH"))
	case err != nil:
		return s.fail(err)
	}
	code, out := rep.exitCode(), os.Stdout
	if s.opts.fix || s.opts.diff {
		if err := rep.applyFixes(ctx, s.opts.diff); err != nil {
			return s.fail(err)
		}
	}
	if s.opts.fix {
		code = rep.exitCode() // what was fixed is no longer found
	}
	if s.opts.diff {
		out = os.Stderr // standard output is a patch
	}
	if err := s.opts.format.write(out, rep); err != nil {
		return s.fail(err)
	}
	printProblems(os.Stderr, rep)
	return code
}

func (s *session) fail(err error) int {
	fmt.Fprintf(os.Stderr, "concheck: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
	return exitFailed
}

// analyse finds out which packages the user means and has them vetted.
func (s *session) analyse(ctx context.Context) (*report, error) {
	var err error
	if s.self, err = os.Executable(); err != nil {
		return nil, err
	}
	if s.dir, err = os.Getwd(); err != nil {
		return nil, err
	}

	// Local patterns name packages of the main modules, so that the packages
	// can be listed meanwhile; otherwise their modules must be known first.
	// Where they belong to the main module for sure, nothing is listed before
	// something is found whose package the patterns may not name.
	listing := s.newList(ctx)
	var tree *mainTree
	if !s.opts.fix && !s.opts.diff {
		tree = s.mainTree()
	}
	if tree == nil {
		listing.start()
	}
	modules := []string{mainModules}
	if !s.onlyLocalPatterns() {
		if modules, err = listing.modules(); err != nil {
			return nil, err
		}
	}
	result, err := s.vet(ctx, modules, s.opts.packages, tree, listing.start)
	if err != nil {
		return nil, err
	}
	if tree != nil && result.settled() {
		return s.report(result, nil, result.wants), nil
	}
	if needed, err := listing.modules(); err != nil {
		// "go vet" failed for the same reason and said it better.
		if len(result.problems) == 0 {
			return nil, err
		}
	} else if !slices.Equal(needed, modules) {
		if result, err = s.vet(ctx, needed, s.opts.packages, nil, nil); err != nil {
			return nil, err
		}
	}
	if result.units == 0 && len(result.problems) > 0 {
		// One package that cannot be loaded makes "go vet" refuse them all.
		if good := s.loadable(ctx); 0 < len(good) && len(good) < len(listing.packages) {
			modules, _ := listing.modules()
			again, err := s.vet(ctx, modules, good, nil, nil)
			if err != nil {
				return nil, err
			}
			again.problems = uniqueProblems(append(result.problems, again.problems...))
			result = again
		}
	}

	if err := s.makeUp(ctx, result, listing); err != nil {
		return nil, err
	}
	return s.report(result, listing.packages, listing.packages.wants), nil
}

// report keeps of a result what is about the units that are wanted.
func (s *session) report(result *vetted, packages listing, wants func(unit string) bool) *report {
	unasked := func(unit string) bool { return !wants(unit) }
	wanted := slices.DeleteFunc(result.findings, func(f finding) bool { return unasked(f.unit) })
	problems := slices.DeleteFunc(result.problems, func(p problem) bool { return p.unit != "" && unasked(p.unit) })
	return &report{
		inspection: s.opts.inspect.wanted(),
		checks:     s.opts.chosen,
		dir:        s.dir,
		context:    s.opts.context,
		findings:   sortFindings(wanted),
		problems:   problems,
		remarks:    result.remarks,
		listing:    packages,
	}
}

// makeUp has those packages analysed for findings of which a variant was taken to
// stand for the package that does not.
func (s *session) makeUp(ctx context.Context, result *vetted, listing *pendingList) error {
	missed := slices.DeleteFunc(result.skipped, func(unit string) bool { return !listing.packages.wants(unit) })
	if len(missed) == 0 {
		return nil
	}
	slices.Sort(missed)
	modules, err := listing.modules()
	if err != nil {
		return err
	}
	again, err := s.vet(ctx, slices.Concat(modules, []string{wholeUnits}), missed, nil, nil)
	if err != nil {
		return err
	}
	other := func(unit string) bool { return !slices.Contains(missed, unit) }
	result.findings = append(result.findings, slices.DeleteFunc(again.findings, func(f finding) bool { return other(f.unit) })...)
	result.problems = append(result.problems, slices.DeleteFunc(again.problems, func(p problem) bool { return other(p.unit) })...)
	return nil
}

// onlyLocalPatterns reports whether all patterns are relative directories.
func (s *session) onlyLocalPatterns() bool {
	return !slices.ContainsFunc(s.opts.packages, func(p string) bool {
		return p != "." && p != ".." && !strings.HasPrefix(p, "./") && !strings.HasPrefix(p, "../")
	})
}

// pendingList is a listing under way, or one that nobody has needed so far.
type pendingList struct {
	start    func() // has it made, at the first call
	done     chan struct{}
	packages listing
	err      error
}

func (s *session) newList(ctx context.Context) *pendingList {
	l := &pendingList{done: make(chan struct{})}
	l.start = sync.OnceFunc(func() {
		go func() {
			defer close(l.done)
			l.packages, l.err = s.list(ctx)
		}()
	})
	return l
}

// modules waits for the listing and returns the modules in it.
func (l *pendingList) modules() ([]string, error) {
	l.start()
	<-l.done
	if l.err != nil {
		return nil, goError(l.err)
	}
	return l.packages.modules(), nil
}

// goError returns what the go command said before it failed.
func goError(err error) error {
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) || len(exit.Stderr) == 0 {
		return err
	}
	m := new(messages)
	m.text.Write(exit.Stderr)
	if list := m.problems(true); len(list) > 0 {
		return errors.New(list[0].message)
	}
	return err
}

// printProblems says what could not be analysed, a line each, and what the go
// command had to remark.
func printProblems(w io.Writer, rep *report) {
	for _, r := range rep.remarks {
		fmt.Fprintf(w, "concheck: %s\n", r)
	}
	for _, p := range rep.problems {
		switch {
		case p.pos.file != "":
			fmt.Fprintf(w, "%s: %s [not analysed]\n", rep.relative(p.pos), p.message)
		case p.unit != "":
			fmt.Fprintf(w, "concheck: %s: %s\n", p.unit, p.message)
		default:
			fmt.Fprintf(w, "concheck: %s\n", p.message)
		}
	}
}
