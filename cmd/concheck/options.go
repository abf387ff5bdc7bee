package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// options is a parsed command line.
type options struct {
	packages   []string // patterns, never empty
	buildFlags []string // for the go command
	toolFlags  []string // for the vet tool: what decides about results
	chosen     []*analysis.Analyzer
	context    int // lines of source around a finding, -1 for none
	fix, diff  bool
	tests      bool
	inspect    inspection
	verbose    bool // the user wants to see what the go command prints
	format     outputFormat
}

// buildFlags are the flags of "go build" that decide which packages are
// loaded and how; true marks those without a value.
var buildFlags = map[string]bool{
	"a": true, "asan": true, "msan": true, "race": true, "modcacherw": true,
	"trimpath": true, "v": true, "x": true, "work": true,
	"asmflags": false, "compiler": false, "gcflags": false, "mod": false,
	"modfile": false, "overlay": false, "p": false, "tags": false,
	"toolexec": false, "buildvcs": false, "pgo": false,
}

// parseOptions reads the command line. If it answers the user by itself,
// done is true and code is the exit code.
func parseOptions(checks []*analysis.Analyzer, args []string) (_ *options, code int, done bool) {
	opts := &options{format: textFormat}
	set := newFlagSet(checks, opts)
	dir := set.String("C", "", "change to `dir` first")
	version := set.Bool("version", false, "print the version and exit")
	picked := make(map[string]*bool)
	for _, f := range formats {
		picked[f.name] = set.Bool(f.name, false, f.usage)
	}

	set.SetOutput(io.Discard)
	err := set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, help(os.Stdout, checks, nil), true
	case err != nil:
		return nil, usageError(err), true
	case *version:
		fmt.Println(versionLine())
		return nil, exitClean, true
	}

	for _, f := range formats {
		if !*picked[f.name] {
			continue
		}
		if opts.format.name != textFormat.name {
			return nil, usageError(fmt.Errorf("-%s and -%s exclude each other", opts.format.name, f.name)), true
		}
		opts.format = f
	}
	if err := opts.check(); err != nil {
		return nil, usageError(err), true
	}
	if *dir != "" {
		if err := os.Chdir(*dir); err != nil {
			return nil, usageError(fmt.Errorf("-C: %v", err)), true
		}
	}

	opts.packages = set.Args()
	for _, p := range opts.packages {
		if strings.HasPrefix(p, "-") {
			return nil, usageError(fmt.Errorf("flag %s must come before the packages", p)), true
		}
	}
	if len(opts.packages) == 0 {
		opts.packages = []string{"./..."}
	}
	opts.collectFlags(set, checks)
	if err := opts.addInspection(); err != nil {
		return nil, usageError(err), true
	}
	keep := chosen(checks, opts.toolFlags)
	opts.chosen = slices.DeleteFunc(slices.Clone(checks), func(a *analysis.Analyzer) bool { return !keep(a.Name) })
	return opts, 0, false
}

// check refuses combinations that make no sense.
func (o *options) check() error {
	switch {
	case o.fix && o.diff:
		return errors.New("-fix and -diff exclude each other")
	case (o.fix || o.diff) && o.format.name != textFormat.name:
		return fmt.Errorf("-%s cannot be used with -fix or -diff", o.format.name)
	case o.context < -1:
		return fmt.Errorf("-c wants a number of lines, not %d", o.context)
	}
	return nil
}

// newFlagSet declares the flags that concern analysis and output.
func newFlagSet(checks []*analysis.Analyzer, opts *options) *flag.FlagSet {
	set := flag.NewFlagSet("concheck", flag.ContinueOnError)
	set.IntVar(&opts.context, "c", -1, "show the offending line with `n` lines of source around it")
	set.BoolVar(&opts.fix, "fix", false, "apply the suggested fixes")
	set.BoolVar(&opts.diff, "diff", false, "print the suggested fixes as a unified diff")
	opts.inspect.declare(set)
	set.BoolVar(&opts.tests, testsFlag, true, "analyse test files too")
	for name, isBool := range buildFlags {
		if isBool {
			set.Bool(name, false, "")
		} else {
			set.String(name, "", "")
		}
	}
	for _, a := range checks {
		set.Bool(a.Name, false, "")
		a.Flags.VisitAll(func(f *flag.Flag) {
			set.Var(&textFlag{value: f.DefValue, isBool: isBoolFlag(f)}, a.Name+"."+f.Name, f.Usage)
		})
	}
	return set
}

// collectFlags sorts the flags that were set into those of the go command and
// those of the vet tool, the latter in one order, for they are part of the key
// of cached results.
func (o *options) collectFlags(set *flag.FlagSet, checks []*analysis.Analyzer) {
	tool := map[string]string{}
	set.Visit(func(f *flag.Flag) {
		if _, ok := buildFlags[f.Name]; ok {
			o.buildFlags = append(o.buildFlags, "-"+f.Name+"="+f.Value.String())
			o.verbose = o.verbose || f.Name == "x" || f.Name == "v" || f.Name == "work"
			return
		}
		name, _, _ := strings.Cut(f.Name, ".")
		if slices.ContainsFunc(checks, func(a *analysis.Analyzer) bool { return a.Name == name }) {
			tool[f.Name] = f.Value.String()
		}
	})
	if !o.tests {
		tool[testsFlag] = "false"
	}
	for _, name := range slices.Sorted(maps.Keys(tool)) {
		o.toolFlags = append(o.toolFlags, "-"+name+"="+tool[name])
	}
}

// usageError says in one line what is wrong with the command line.
func usageError(err error) int {
	msg := strings.TrimPrefix(err.Error(), "flag provided but not defined: ")
	if msg != err.Error() {
		msg = "unknown flag " + msg
	}
	fmt.Fprintf(os.Stderr, "concheck: %s (\"concheck help\" lists the flags)\n", msg)
	return exitUsage
}

// textFlag keeps the text of an analyzer's flag; the vet tool parses it.
type textFlag struct {
	value  string
	isBool bool
}

func (f *textFlag) String() string     { return f.value }
func (f *textFlag) Set(s string) error { f.value = s; return nil }
func (f *textFlag) IsBoolFlag() bool   { return f.isBool }

func isBoolFlag(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}
