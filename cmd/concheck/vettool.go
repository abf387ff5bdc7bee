package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/concheck/concheck/analyzers"
	"github.com/concheck/concheck/analyzers/inspect"
)

// This file speaks the protocol of "go vet -vettool": -V=full, -flags and
// FILE.cfg. unitchecker does the work; before it starts, the unit it is asked
// about is adjusted (see unit.go) and the checks are guarded (see guard.go).

const (
	// testsFlag tells whether test files are analysed.
	testsFlag = "tests"

	// reportFlag is how the command line asks for more than "go vet" does:
	// the modules whose packages are always analysed for findings, even when
	// the go command wants nothing but their facts. Being a flag, it is part
	// of the key under which the go command caches a unit's result, so the
	// results of "go vet" and those of "concheck" never mix.
	reportFlag = "report-modules"
)

// isVetCall reports whether the go command, not a user, calls.
func isVetCall(args []string) bool {
	if len(args) == 0 {
		return false
	}
	switch args[0] {
	case "-V=full", "--V=full", "-flags", "--flags":
		return true
	}
	return strings.HasSuffix(args[len(args)-1], ".cfg")
}

// vetMain answers one call of the go command and exits.
func vetMain(checks []*analysis.Analyzer, args []string) {
	if asksToolID(args) {
		answerToolID()
	}
	flag.Bool(testsFlag, true, "analyse test files too")
	flag.String(reportFlag, "", "comma-separated modules whose packages are analysed for findings even where only facts are asked for (set by the command line)")

	checks = inspected(checks, args)
	if last := len(args) - 1; last >= 0 && strings.HasSuffix(args[last], ".cfg") {
		file, variant, err := prepareUnit(checks, args[last], unitOptions{
			tests:   boolArg(args, testsFlag, true),
			modules: stringArg(args, reportFlag),
		})
		if err != nil {
			fmt.Fprintf(os.Stderr, "concheck: %v\n", err)
			os.Exit(1)
		}
		if file == "" {
			os.Exit(0) // nothing left to analyse
		}
		os.Args[len(os.Args)-1] = file
		if variant {
			checks = append(checks, withTests)
		}
	}
	analyzers.Restrict(checks, chosen(checks, args))
	collectLate()
	watchMemory(memoryLimit)
	guard(checks)
	unitchecker.Main(checks...)
}

// inspected adds what looks into the analysis where it is asked for, and where
// the go command asks which flags there are.
func inspected(checks []*analysis.Analyzer, args []string) []*analysis.Analyzer {
	checks = slices.Clone(checks)
	for _, a := range inspect.All() {
		if boolArg(args, a.Name, false) || strings.HasSuffix(args[0], "-flags") {
			checks = append(checks, a)
		}
	}
	return checks
}

// chosen tells which checks unitchecker.Main will run: those that are switched
// on or, if none is, those that are not switched off.
func chosen(checks []*analysis.Analyzer, args []string) func(name string) bool {
	someOn := slices.ContainsFunc(checks, func(a *analysis.Analyzer) bool { return boolArg(args, a.Name, false) })
	return func(name string) bool { return boolArg(args, name, !someOn) }
}

// boolArg finds a boolean flag among arguments that are parsed only later,
// by unitchecker.Main.
func boolArg(args []string, name string, value bool) bool {
	for _, arg := range args {
		text, ok := strings.CutPrefix("-"+strings.TrimLeft(arg, "-"), "-"+name)
		if !ok {
			continue
		}
		if text == "" {
			value = true
		} else if b, err := strconv.ParseBool(strings.TrimPrefix(text, "=")); err == nil && text[0] == '=' {
			value = b
		}
	}
	return value
}

// stringArg is like boolArg, for a comma-separated list given as -name=list
// or -name list.
func stringArg(args []string, name string) []string {
	value := ""
	for i, arg := range args {
		text, ok := strings.CutPrefix("-"+strings.TrimLeft(arg, "-"), "-"+name)
		switch {
		case !ok:
		case strings.HasPrefix(text, "="):
			value = text[1:]
		case text == "" && i+1 < len(args):
			value = args[i+1]
		}
	}
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}
