package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// patience is how long an interrupted go command may take to clean up.
const patience = 5 * time.Second

// vetted is what one run of "go vet" brought.
type vetted struct {
	tree     *mainTree       // what the patterns name for sure, nil if that is not known
	units    int             // whose result was read
	variants map[string]bool // packages with their tests
	skipped  []string        // units in which nobody has looked for findings
	findings []finding
	problems []problem
	remarks  []string // of the go command, for the user
}

// vet runs "go vet" with this program as its tool. Results of units that did
// not change come from the go command's cache; nothing is analysed then. As soon
// as something is read that may be about a package nobody asked for, which those in
// tree are not, unsure is called, which may be nil.
func (s *session) vet(ctx context.Context, modules, patterns []string, tree *mainTree, unsure func()) (*vetted, error) {
	args := []string{"vet", "-vettool=" + s.self, "-json", "-" + reportFlag + "=" + strings.Join(modules, ",")}
	args = append(args, s.opts.toolFlags...)
	args = append(args, s.opts.buildFlags...)
	cmd := s.goCommand(ctx, append(args, patterns...)...)

	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	messages := newMessages(s.dir, s.self, patterns)
	if s.opts.verbose {
		cmd.Stderr = os.Stderr
	} else {
		cmd.Stderr = messages
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	result := &vetted{tree: tree, variants: make(map[string]bool)}
	decodeErr := s.read(stdout, result, unsure)
	if decodeErr != nil {
		io.Copy(io.Discard, stdout) // let the go command finish
	}
	err = cmd.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if decodeErr != nil {
		return nil, decodeErr
	}
	result.problems = append(result.problems, messages.problems(err != nil)...)
	if err == nil {
		result.remarks = messages.remarks()
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	if err != nil && len(result.problems) == 0 {
		result.problems = []problem{{message: fmt.Sprintf("go vet: %v", err)}}
	}
	return result, nil
}

// read collects the trees that "go vet -json" passes on, one a unit.
func (s *session) read(r io.Reader, result *vetted, unsure func()) error {
	for dec := json.NewDecoder(r); ; {
		var tree jsonTree
		if err := dec.Decode(&tree); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("cannot read what go vet prints: %v", err)
		}
		found, failed, err := decodeTree(tree, s.urls)
		if err != nil {
			return fmt.Errorf("cannot read what go vet prints: %v", err)
		}
		result.units++
		for unit, results := range tree {
			if _, ok := results[factsOnly]; ok {
				result.skipped = append(result.skipped, unit)
			}
			if _, ok := results[withTests.Name]; ok {
				result.variants[unit] = true
			}
		}
		if unsure != nil && slices.ContainsFunc(found, func(f finding) bool { return !strings.Contains(f.unit, " [") && !result.tree.names(f.unit) }) {
			unsure()
		}
		result.findings = append(result.findings, found...)
		result.problems = append(result.problems, failed...)
		s.progress.step(result.units)
	}
}

// decided tells whether a unit answers the user's question, as far as the other
// units tell: only packages that were asked for are built with their tests. A
// package without tests of its own may be one that others depend on.
func (v *vetted) decided(unit string) (wanted, known bool) {
	path, variant, ok := strings.Cut(unit, " [")
	switch {
	case ok:
		tested := strings.TrimSuffix(variant, ".test]")
		return path == tested || path == tested+"_test", true
	case v.variants[testVariant(path, path)]:
		return false, true // with its tests it stands for the package
	case v.variants[testVariant(path+"_test", path)]:
		return true, true // it has no others
	case v.tree.names(path):
		return true, true // nor has it any: they would be in sight
	}
	return false, false
}

func (v *vetted) wants(unit string) bool {
	wanted, _ := v.decided(unit)
	return wanted
}

// settled reports whether all that was found is known to be wanted or not, and
// nothing went wrong.
func (v *vetted) settled() bool {
	open := func(unit string) bool {
		_, known := v.decided(unit)
		return !known
	}
	missed := func(unit string) bool { return open(unit) || v.wants(unit) }
	return len(v.problems) == 0 && !slices.ContainsFunc(v.skipped, missed) &&
		!slices.ContainsFunc(v.findings, func(f finding) bool { return open(f.unit) })
}
