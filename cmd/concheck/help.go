package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

const overview = `concheck finds concurrency mistakes in Go programs.

Usage:

    concheck [flags] [packages]      analyse packages (default ./...)
    concheck help [check]            show this page, or one check with examples

It runs in other places too:

    go vet -vettool=$(which concheck) ./...
    go fix -fixtool=$(which concheck) ./...

Checks:

%s
All checks run unless some are chosen: -NAME runs only the named ones,
-NAME=false all but the named ones.

Flags:

%s
Flags of "go build" that decide what is loaded, such as -tags, -mod, -modfile,
-overlay, -race and -p, are passed on.

Exit codes: 0 nothing found, 1 something could not be analysed, 2 wrong usage,
3 findings.
`

// help prints the overview, or the documentation of the named checks.
func help(w io.Writer, checks []*analysis.Analyzer, names []string) int {
	if len(names) == 0 {
		fmt.Fprintf(w, overview, checkTable(checks), flagTable(checks))
		return exitClean
	}
	for i, name := range names {
		at := slices.IndexFunc(checks, func(a *analysis.Analyzer) bool { return a.Name == name })
		if at < 0 {
			fmt.Fprintf(os.Stderr, "concheck: there is no check named %q (\"concheck help\" lists them)\n", name)
			return exitUsage
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		describe(w, checks[at])
	}
	return exitClean
}

func describe(w io.Writer, a *analysis.Analyzer) {
	fmt.Fprintf(w, "%s: %s\n", a.Name, strings.TrimSpace(a.Doc))
	if a.URL != "" {
		fmt.Fprintf(w, "\nSee %s\n", a.URL)
	}
	title := "\nFlags:\n\n"
	a.Flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(w, "%s    -%s.%s\n        %s (default %s)\n", title, a.Name, f.Name, f.Usage, f.DefValue)
		title = ""
	})
}

func checkTable(checks []*analysis.Analyzer) string {
	var b strings.Builder
	for _, a := range checks {
		fmt.Fprintf(&b, "    %-14s %s\n", a.Name, summary(a))
	}
	return b.String()
}

// summary returns the first sentence of a check's documentation.
func summary(a *analysis.Analyzer) string {
	first, _, _ := strings.Cut(a.Doc, "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

func flagTable(checks []*analysis.Analyzer) string {
	set := newFlagSet(nil, new(options))
	set.String("C", "", "change to `dir` first")
	set.Bool("version", false, "print the version and exit")
	for _, f := range formats {
		set.Bool(f.name, false, f.usage)
	}
	var b strings.Builder
	set.VisitAll(func(f *flag.Flag) {
		if _, ok := buildFlags[f.Name]; ok {
			return
		}
		value, usage := flag.UnquoteUsage(f)
		name := strings.TrimSpace(f.Name + " " + value)
		if f.Name == testsFlag {
			name = testsFlag + "=false"
			usage = "do not analyse test files"
		}
		fmt.Fprintf(&b, "    -%-13s %s\n", name, usage)
	})
	for _, a := range checks {
		a.Flags.VisitAll(func(f *flag.Flag) {
			fmt.Fprintf(&b, "    -%s.%s\n                   %s\n", a.Name, f.Name, f.Usage)
		})
	}
	return b.String()
}

// versionLine names the version of concheck and of the Go it was built with,
// which bounds the language version of the code it can read.
func versionLine() string {
	return fmt.Sprintf("concheck %s (built with %s)", version(), runtime.Version())
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
