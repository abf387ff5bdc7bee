package main

import (
	"encoding/json"
	"fmt"
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

// Names of the module lists in reportFlag, beside real module paths.
const (
	mainModules = "main" // every module the user works in
	stdModule   = "std"  // the standard library and cmd
)

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
// file that describes what to analyse instead, or "" if there is nothing.
func prepareUnit(checks []*analysis.Analyzer, name string, opts unitOptions) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	var u unit
	fields := make(map[string]json.RawMessage) // all of them, also those unknown here
	for _, dst := range []any{&u, &fields} {
		if err := json.Unmarshal(data, dst); err != nil {
			return "", fmt.Errorf("cannot read unit %s: %v", name, err)
		}
	}
	changed := make(map[string]any)

	if !opts.tests {
		files := slices.DeleteFunc(slices.Clone(u.GoFiles), isTestFile)
		if len(files) == 0 && len(u.GoFiles) > 0 {
			return "", u.writeNothing()
		}
		if len(files) < len(u.GoFiles) {
			changed["GoFiles"] = files
		}
	}
	if u.VetxOnly && opts.wants(&u) {
		changed["VetxOnly"] = false
	}
	if u.VetxOnly && !opts.wants(&u) {
		analyzers.ForFactsOnly()
	}
	if u.VetxOnly && u.isStandard() && !opts.wants(&u) {
		// What the standard library does is known without facts.
		dropFacts(checks)
	}
	if opts.modules != nil && slices.ContainsFunc(u.GoFiles, isTestFile) {
		changed["ID"] = u.testID()
	}
	if len(changed) == 0 {
		return name, nil
	}
	for key, value := range changed {
		if fields[key], err = json.Marshal(value); err != nil {
			return "", err
		}
	}
	if data, err = json.Marshal(fields); err != nil {
		return "", err
	}
	// The unit's own directory belongs to the go command, which removes it.
	adjusted := filepath.Join(filepath.Dir(name), "concheck.cfg")
	return adjusted, os.WriteFile(adjusted, data, 0o666)
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
