// Command concheck finds concurrency mistakes in Go programs.
//
//	concheck [flags] [packages]
//
// It drives "go vet" with itself as the vet tool, so that the go command
// caches facts and findings, and it prints what comes back in one of several
// formats. The same binary answers the vet protocol:
//
//	go vet -vettool=$(which concheck) ./...
//	go fix -fixtool=$(which concheck) ./...
//
// "concheck help" lists the checks and the flags.
package main

import (
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers"
)

// Exit codes of the command line. Under the vet protocol the codes are
// unitchecker's.
const (
	exitClean    = 0 // nothing found
	exitFailed   = 1 // some package could not be analysed
	exitUsage    = 2 // the command line makes no sense
	exitFindings = 3 // analysed, and there are findings
)

func main() {
	os.Exit(run(analyzers.All(), os.Args[1:]))
}

// run is the whole program for a given set of checks; it returns the exit
// code, unless the vet protocol is spoken, which exits by itself.
func run(checks []*analysis.Analyzer, args []string) int {
	if isVetCall(args) {
		vetMain(checks, args)
	}
	if len(args) > 0 && args[0] == "help" {
		return help(os.Stdout, checks, args[1:])
	}
	opts, code, done := parseOptions(checks, args)
	if done {
		return code
	}
	return newSession(checks, opts).run()
}
