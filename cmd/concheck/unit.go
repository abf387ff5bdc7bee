package main

import (
	"encoding/json"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers"
)

// This file adjusts the description of a unit (one package, or one test
// variant of it) that the go command hands to the vet tool.
//
// Why: the go command (1.26) caches the result of a unit under a key that
// does not tell whether the unit was analysed for its facts only or for
// findings. A package that was first analysed as a dependency would then be
// silent for ever. So a package whose findings the command line may ever want
// is always analysed for findings; the command line drops those it was not
// asked for, by the name of the unit.
//
// A package with test files of its own is represented by its variant with these
// files. The one without is analysed for facts alone, which it says: should the
// package be without tests one day, the command line asks once more (wholeUnits).

// Names of the module lists in reportFlag, beside real module paths.
const (
	mainModules = "main" // every module the user works in
	stdModule   = "std"  // the standard library and cmd

	// wholeUnits is no module: where it is among them, packages with test files are
	// analysed for findings also without these.
	wholeUnits = "whole"

	// factsOnly stands for a check in the results of a unit that was analysed for
	// its facts although findings in it may be asked for.
	factsOnly = "facts only"
)

// withTests stands for a check in the results of a package that was analysed with
// its tests: without a finding, a unit would leave no trace in what is printed.
var withTests = &analysis.Analyzer{
	Name: "withtests",
	Doc:  "tell the command line that a package was analysed with its tests",
	Run: func(pass *analysis.Pass) (any, error) {
		pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Package, Message: pass.Pkg.Name()})
		return nil, nil
	},
}

type unitOptions struct {
	tests   bool     // analyse test files
	modules []string // modules that are analysed for findings; nil under plain "go vet"
}

// unit holds the fields of unitchecker.Config that decide about a unit.
type unit struct {
	ID            string
	ImportPath    string
	Dir           string
	GoFiles       []string
	ModulePath    string
	ModuleVersion string
	VetxOnly      bool
	VetxOutput    string
	Stdout        string
}

// prepareUnit reads the unit in the named file and returns the name of a
// file that describes what to analyse instead, or "" if there is nothing, and
// whether it is a package with its tests.
func prepareUnit(checks []*analysis.Analyzer, name string, opts unitOptions) (_ string, variant bool, _ error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", false, err
	}
	var u unit
	fields := make(map[string]json.RawMessage) // all of them, also those unknown here
	for _, dst := range []any{&u, &fields} {
		if err := json.Unmarshal(data, dst); err != nil {
			return "", false, fmt.Errorf("cannot read unit %s: %v", name, err)
		}
	}
	changed := make(map[string]any)

	if !opts.tests {
		files := slices.DeleteFunc(slices.Clone(u.GoFiles), isTestFile)
		if len(files) == 0 && len(u.GoFiles) > 0 {
			return "", false, u.writeNothing()
		}
		if len(files) < len(u.GoFiles) {
			changed["GoFiles"] = files
		}
	}
	switch {
	case !u.VetxOnly:
	case !opts.wants(&u):
		analyzers.ForFactsOnly()
	case opts.wants(&u) && !slices.Contains(opts.modules, wholeUnits) && u.hasTests():
		analyzers.ForFactsOnly()
		changed["Stdout"] = ""
		if err := u.writeFactsOnly(); err != nil {
			return "", false, err
		}
	default:
		changed["VetxOnly"] = false
	}
	if u.VetxOnly && u.isStandard() && !opts.wants(&u) {
		// What the standard library does is known without facts.
		dropFacts(checks)
	}
	if variant = opts.modules != nil && slices.ContainsFunc(u.GoFiles, isTestFile); variant {
		changed["ID"] = u.testID()
	}
	if len(changed) == 0 {
		return name, variant, nil
	}
	for key, value := range changed {
		if fields[key], err = json.Marshal(value); err != nil {
			return "", false, err
		}
	}
	if data, err = json.Marshal(fields); err != nil {
		return "", false, err
	}
	// The unit's own directory belongs to the go command, which removes it.
	adjusted := filepath.Join(filepath.Dir(name), "concheck.cfg")
	return adjusted, variant, os.WriteFile(adjusted, data, 0o666)
}

// wants reports whether findings in u may be asked for, now or later.
func (o unitOptions) wants(u *unit) bool {
	for _, m := range o.modules {
		switch m {
		case mainModules:
			if u.ModuleVersion == "" && !u.isStandard() {
				return true
			}
		case stdModule:
			if u.isStandard() {
				return true
			}
		default:
			if u.ModulePath == m {
				return true
			}
		}
	}
	return false
}

// isStandard reports whether u belongs to the standard library or to cmd.
// While somebody works on GOROOT itself they are packages like any other.
func (u *unit) isStandard() bool {
	if u.ModulePath != "" {
		return false
	}
	root := os.Getenv("GOROOT") // set by the go command
	return root != "" && strings.HasPrefix(u.Dir, filepath.Join(root, "src")+string(filepath.Separator))
}

// testID returns the name of a test variant as "go list -test" writes it.
// The go command names the variants of package p and of p_test "p" and
// "p_test", so that p with and without its test files look the same.
func (u *unit) testID() string {
	tested := u.ImportPath
	if !slices.ContainsFunc(u.GoFiles, func(f string) bool { return !isTestFile(f) }) {
		tested = strings.TrimSuffix(tested, "_test")
	}
	return testVariant(u.ImportPath, tested)
}

// testVariant names package path built for the tests of package tested.
func testVariant(path, tested string) string {
	return path + " [" + tested + ".test]"
}

// hasTests reports whether the package has test files of its own, as far as its
// directory tells: build tags of the command line are not known here.
func (u *unit) hasTests() bool {
	if len(u.GoFiles) == 0 || slices.ContainsFunc(u.GoFiles, isTestFile) {
		return false
	}
	name := packageName(u.GoFiles[0])
	entries, err := os.ReadDir(u.Dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		if !isTestFile(e.Name()) || packageName(filepath.Join(u.Dir, e.Name())) != name {
			return false
		}
		match, err := build.Default.MatchFile(u.Dir, e.Name())
		return match && err == nil
	})
}

// packageName is the name in the package clause of a file, "" if it cannot be read.
func packageName(file string) string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}

// writeFactsOnly leaves what tells that nobody has looked for findings.
func (u *unit) writeFactsOnly() error {
	if u.Stdout == "" {
		return nil
	}
	data, err := json.Marshal(map[string]any{u.ID: map[string]any{factsOnly: []string{}}})
	if err != nil {
		return err
	}
	return os.WriteFile(u.Stdout, data, 0o666)
}

// writeNothing leaves the output of a unit without files: no facts, no findings.
func (u *unit) writeNothing() error {
	for _, name := range []string{u.VetxOutput, u.Stdout} {
		if name == "" {
			continue
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.go") }
