package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runMain makes the test binary be golangci-lint, which spares linking it twice.
const runMain = "CONCHECK_RUN_GOLANGCI_LINT"

func TestMain(m *testing.M) {
	if os.Getenv(runMain) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// The corpus has the same findings under golangci-lint and on the command line.
func TestCorpus(t *testing.T) {
	config, err := filepath.Abs("golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := filepath.Abs(filepath.Join("..", "src"))
	if err != nil {
		t.Fatal(err)
	}
	want := commandLine(t, corpus)
	if len(want) == 0 {
		t.Fatal("the command line finds nothing")
	}
	got, stderr := golangci(t, corpus, config)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-command line +golangci-lint)\n%s\n%s", diff, stderr)
	}
	t.Logf("%d findings", len(got))
}

// golangci-lint obeys //nolint:concheck itself and its nolintlint says whether
// it is needed; concheck must not take the finding away first, nor say it again.
func TestNolintlint(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/p\n\ngo 1.26\n")
	config := filepath.Join(dir, ".golangci.yml")
	write(t, config, `version: "2"
linters:
  default: none
  enable: [concheck, nolintlint]
  settings:
    nolintlint:
      allow-unused: false
      require-explanation: true
    custom:
      concheck:
        type: module
`)
	write(t, filepath.Join(dir, "p.go"), `package p

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func f(c *counter) int {
	a := *c //nolint:concheck // needed
	b := *c //nolint:copylock // needed
	d := *c //lint:ignore concheck/copylock needed
	e := *c //nolint // needed
	return a.n + b.n + d.n + e.n
}

func g(c *counter) {
	c.n++ //nolint:concheck // not needed: golangci-lint says so
	c.n++ //nolint:copylock // not needed: concheck says so
	c.n++ //lint:ignore concheck/copylock not needed: concheck says so
}

func h(c *counter) int {
	a := *c //nolint:concheck
	return a.n
}
`)
	issues, stderr := golangci(t, dir, config)
	want := []string{
		"p.go:19:8: nolintlint: directive `//nolint:concheck // not needed: golangci-lint says so` is unused for linter \"concheck\"",
		"p.go:20:8: nolint: suppression of copylock, which finds nothing here: remove it",
		"p.go:21:8: nolint: suppression of copylock, which finds nothing here: remove it",
		"p.go:25:10: nolintlint: directive `//nolint:concheck` should provide explanation such as `//nolint:concheck // this is why`",
	}
	if diff := cmp.Diff(want, issues); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, stderr)
	}
}

// Settings that mean nothing are refused, not passed over.
func TestStrictSettings(t *testing.T) {
	for _, c := range []struct{ settings, want string }{
		{"enabled: [copylock]", `unknown field "enabled"`},
		{"disable: [copylok]", `no check is named "copylok"`},
		{"enable: [copylock], disable: [waitgroup]", "exclude each other"},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module example.com/p\n\ngo 1.26\n")
		write(t, filepath.Join(dir, "p.go"), "package p\n")
		config := filepath.Join(dir, ".golangci.yml")
		write(t, config, `version: "2"
linters:
  default: none
  enable: [concheck]
  settings:
    custom:
      concheck:
        type: module
        settings: {`+c.settings+"}\n")
		cmd := command(t, dir, config)
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), c.want) {
			t.Errorf("settings %s: %v, want %q in:\n%s", c.settings, err, c.want, out)
		}
	}
}

// golangci returns the issues golangci-lint finds, sorted, and its stderr.
func golangci(t *testing.T, dir, config string) (issues []string, stderr string) {
	t.Helper()
	cmd := command(t, dir, config)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) { // 1: issues found
		t.Fatalf("golangci-lint: %v\n%s", err, errs.String())
	}
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&report); err != nil {
		t.Fatalf("%v in\n%s\n%s", err, out, errs.String())
	}
	for _, i := range report.Issues {
		text := i.Text // of a plugin's checks it begins with their name
		if i.FromLinter != "concheck" {
			text = i.FromLinter + ": " + text
		}
		issues = append(issues, fmt.Sprintf("%s:%d:%d: %s", i.Pos.Filename, i.Pos.Line, i.Pos.Column, text))
	}
	slices.Sort(issues)
	return slices.Compact(issues), errs.String()
}

func command(t *testing.T, dir, config string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "run", "--config", config, "--output.json.path=stdout", "--show-stats=false", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), runMain+"=1", "GOLANGCI_LINT_CACHE="+t.TempDir())
	return cmd
}

// commandLine returns the findings of concheck's command line, sorted.
func commandLine(t *testing.T, dir string) []string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "concheck")
	build := exec.Command("go", "build", "-o", binary, "./cmd/concheck")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(binary, "-json", "./...")
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 3) { // 3: findings
		t.Fatalf("concheck: %v\n%s", err, errs.String())
	}
	var tree map[string]map[string][]struct{ Posn, Message string }
	if err := json.Unmarshal(out, &tree); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	var found []string
	for _, checks := range tree {
		for check, list := range checks {
			for _, d := range list {
				posn := strings.TrimPrefix(d.Posn, dir+string(filepath.Separator))
				found = append(found, fmt.Sprintf("%s: %s: %s", posn, check, d.Message))
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func write(t *testing.T, filename, content string) {
	t.Helper()
	if err := os.WriteFile(filename, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}
