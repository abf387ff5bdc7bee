package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// listed is a package that the user's patterns name.
type listed struct {
	path     string
	module   string // "main", "std", or the path of another module
	hasTests bool   // has test files of its own package
}

// listing is the set of packages that the user's patterns name, by path.
type listing map[string]listed

// One line a package. The fields are those that "go list -find" knows
// without looking at imports, which makes it cheap.
const listFormat = `{{.ImportPath}}|` +
	`{{if .Standard}}std{{else if .Module}}{{if .Module.Main}}main{{else}}{{.Module.Path}}{{end}}{{else}}main{{end}}|` +
	`{{len .TestGoFiles}}`

// list asks the go command which packages the patterns name. Packages in
// error are among them: "go vet" will tell what is wrong.
func (s *session) list(ctx context.Context) (listing, error) {
	args := []string{"list", "-e", "-find", "-f", listFormat}
	args = append(args, s.opts.listFlags()...)
	cmd := s.goCommand(ctx, append(args, s.opts.packages...)...)
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// A third of what listing takes is collecting garbage, of which there is little.
		cmd.Env = append(cmd.Environ(), "GOGC=off", "GOMEMLIMIT=256MiB")
	}
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	packages := make(listing)
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		if len(fields) != 3 {
			return nil, fmt.Errorf("cannot read what go list prints: %q", line)
		}
		packages[fields[0]] = listed{path: fields[0], module: fields[1], hasTests: fields[2] != "0"}
	}
	return packages, nil
}

// modules returns the modules of the packages, "main" always among them.
func (l listing) modules() []string {
	names := []string{mainModules}
	for _, p := range l {
		if !slices.Contains(names, p.module) {
			names = append(names, p.module)
		}
	}
	slices.Sort(names)
	return names
}

// wants reports whether findings in the named unit answer the user's
// question. A package with test files is represented by its test variant,
// which holds all of its code; go vet does the same.
func (l listing) wants(unit string) bool {
	path, variant, ok := strings.Cut(unit, " [")
	if !ok {
		p, ok := l[path]
		return ok && !p.hasTests
	}
	tested := strings.TrimSuffix(variant, ".test]")
	_, ok = l[tested]
	return ok && (path == tested || path == tested+"_test")
}

// mainTree is folders of the main module of which the patterns name all that is
// below them, as far as the folders tell.
type mainTree struct {
	root   string // of the module
	module string
	dirs   []string // absolute
}

// mainTree returns nil unless all patterns are of that kind. Nothing else is worth
// it: few packages are listed at no cost.
func (s *session) mainTree() *mainTree {
	var t mainTree
	for _, p := range s.opts.packages {
		dir, all := strings.CutSuffix(p, "/...")
		if !all || dir != "." && !strings.HasPrefix(dir, "./") || !filepath.IsLocal(dir) || hasModule(s.dir, dir) {
			return nil
		}
		t.dirs = append(t.dirs, filepath.Join(s.dir, dir))
	}
	if slices.Contains(strings.Split(filepath.ToSlash(s.dir), "/"), "vendor") {
		return nil
	}
	for t.root = s.dir; ; t.root = filepath.Dir(t.root) {
		data, err := os.ReadFile(filepath.Join(t.root, "go.mod"))
		if err == nil {
			t.module = modulePath(data)
			if t.module == "" || t.module == "std" || t.module == "cmd" || ignores(data) {
				return nil
			}
			return &t
		}
		if t.root == filepath.Dir(t.root) {
			return nil
		}
	}
}

// ignores reports whether a go.mod file may tell the go command to pass folders over.
func ignores(mod []byte) bool {
	for line := range strings.Lines(string(mod)) {
		if strings.HasPrefix(strings.TrimSpace(line), "ignore") {
			return true
		}
	}
	return false
}

// names reports whether the patterns name a package for sure. t may be nil.
func (t *mainTree) names(path string) bool {
	if t == nil {
		return false
	}
	below, ok := strings.CutPrefix(path+"/", t.module+"/")
	if !ok {
		return false
	}
	dir := filepath.Join(t.root, filepath.FromSlash(below))
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return false
	}
	return slices.ContainsFunc(t.dirs, func(top string) bool {
		rel, err := filepath.Rel(top, dir)
		return err == nil && filepath.IsLocal(rel) && !hasModule(top, rel) && !passedOver(rel)
	})
}

// passedOver reports whether "..." does not stand for a folder because of its name
// or of one on the way to it.
func passedOver(rel string) bool {
	return rel != "." && slices.ContainsFunc(strings.Split(filepath.ToSlash(rel), "/"), func(name string) bool {
		return name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
	})
}

// hasModule reports whether one of the folders that lead from root to path, which
// is root itself or below it, starts a module of its own or holds copies of others.
func hasModule(root, path string) bool {
	for path = filepath.Clean(path); path != "."; path = filepath.Dir(path) {
		if _, err := os.Stat(filepath.Join(root, path, "go.mod")); err == nil || filepath.Base(path) == "vendor" {
			return true
		}
	}
	return false
}

// modulePath is the path in a go.mod file, "" if it has none.
func modulePath(data []byte) string {
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module"); ok {
			rest, _, _ = strings.Cut(rest, "//")
			return strings.Trim(strings.TrimSpace(rest), "\"`")
		}
	}
	return ""
}

// loadable returns those packages that load without errors, sorted, for a
// second attempt when "go vet" refused the whole command because of others.
func (s *session) loadable(ctx context.Context) []string {
	args := []string{"list", "-e", "-f", "{{if not .Incomplete}}{{.ImportPath}}{{end}}"}
	args = append(args, s.opts.listFlags()...)
	out, err := s.goCommand(ctx, append(args, s.opts.packages...)...).Output()
	if err != nil {
		return nil
	}
	var paths []string
	for scan := bufio.NewScanner(bytes.NewReader(out)); scan.Scan(); {
		if path := strings.TrimSpace(scan.Text()); path != "" {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// listFlags returns the build flags for "go list", without those that
// concern the building alone.
func (o *options) listFlags() []string {
	return slices.DeleteFunc(slices.Clone(o.buildFlags), func(f string) bool {
		name, _, _ := strings.Cut(f[1:], "=")
		return name == "x" || name == "v" || name == "a" || name == "work"
	})
}

// goCommand prepares a call of the go command. When ctx ends, the go command
// and what it runs are told to stop as by the user's interrupt.
func (s *session) goCommand(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	ownGroup(cmd)
	cmd.Cancel = func() error { return interrupt(cmd) }
	cmd.WaitDelay = patience
	return cmd
}
