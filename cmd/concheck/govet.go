package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience is how long an interrupted go command may take to clean up.
const patience = 5 * time.Second

// vetted is what one run of "go vet" brought.
type vetted struct {
	units    int      // whose result was read
	skipped  []string // units in which nobody has looked for findings
	findings []finding
	problems []problem
	remarks  []string // of the go command, for the user
}

// vet runs "go vet" with this program as its tool. Results of units that did
// not change come from the go command's cache; nothing is analysed then.
func (s *session) vet(ctx context.Context, modules, patterns []string) (*vetted, error) {
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
	result := new(vetted)
	decodeErr := s.read(stdout, result)
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
func (s *session) read(r io.Reader, result *vetted) error {
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
		}
		result.findings = append(result.findings, found...)
		result.problems = append(result.problems, failed...)
		s.progress.step(result.units)
	}
}
