//go:build goexperiment.goroutineleakprofile

package drive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A want is one expectation of the corpus.
type want struct {
	file string // relative to the corpus
	line int
	end  int    // last line of the loop that starts there
	loop [2]int // first and last line of the loop that it is in
	fn   string
	text string
}

var wantComment = regexp.MustCompile("// (?:want|missed|contract) (?:\"([^\"]*)\"|`([^`]*)`)")

// readWants returns the expectations in the Go files of a folder.
func readWants(t *testing.T, folder string) []want {
	t.Helper()
	var out []want
	names, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel("..", name)
		for i, line := range strings.Split(string(src), "\n") {
			for _, m := range wantComment.FindAllStringSubmatch(line, -1) {
				w := want{file: rel, line: i + 1, text: m[1] + m[2]}
				w.enclosing(fset, f)
				out = append(out, w)
			}
		}
	}
	return out
}

// enclosing finds the loop that starts at a want's line, the innermost one that
// the line is in, and the declared function.
func (w *want) enclosing(fset *token.FileSet, f *ast.File) {
	w.end = w.line
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			return true
		}
		from, to := fset.Position(n.Pos()).Line, fset.Position(n.End()).Line
		if w.line < from || to < w.line {
			return true
		}
		switch n := n.(type) {
		case *ast.FuncDecl:
			w.fn = n.Name.Name
		case *ast.ForStmt:
			w.loop = [2]int{from, to}
			if from == w.line {
				w.end = to
			}
		}
		return true
	})
}

// verbs tells how a goroutine with a certain report looks in a stack dump.
var verbs = []struct {
	report *regexp.Regexp
	state  *regexp.Regexp
}{
	{regexp.MustCompile(`^send on closed channel`), regexp.MustCompile(`^panic: send on closed channel`)},
	{regexp.MustCompile(`^close of closed channel`), regexp.MustCompile(`^panic: close of closed channel`)},
	{regexp.MustCompile(`^close of nil channel`), regexp.MustCompile(`^panic: close of nil channel`)},
	{regexp.MustCompile(`negative WaitGroup counter`), regexp.MustCompile(`^panic: sync: negative WaitGroup counter`)},
	{regexp.MustCompile(`^send on `), regexp.MustCompile(`^chan send`)},
	{regexp.MustCompile(`at once for ever`), regexp.MustCompile(``)},
	{regexp.MustCompile(`^receive from`), regexp.MustCompile(`^chan receive`)},
	{regexp.MustCompile(`^range over `), regexp.MustCompile(`^chan receive`)},
	{regexp.MustCompile(`^select blocks`), regexp.MustCompile(`^select`)},
	{regexp.MustCompile(`^(lock|read lock) of `), regexp.MustCompile(`^sync\.(RW)?Mutex\.`)},
	{regexp.MustCompile(`Wait blocks`), regexp.MustCompile(`^sync\.(WaitGroup|Cond)\.Wait`)},
	{regexp.MustCompile(`Go blocks`), regexp.MustCompile(`^chan send`)},
	{regexp.MustCompile(`(pw|io.Copy)`), regexp.MustCompile(`^select`)},
	{regexp.MustCompile(`(once|r\.).*blocks`), regexp.MustCompile(`^sync\.Mutex`)},
	{regexp.MustCompile(`^Do of .* waits for itself`), regexp.MustCompile(`^sync\.Mutex`)},
	{regexp.MustCompile(`never ends`), regexp.MustCompile(``)},
	{regexp.MustCompile(`iter\.Pull`), regexp.MustCompile(`^coroutine`)},
}

// far tells whether a want is at the call of another function, in which the
// goroutine is stuck: one of another package, where there is nothing to name, or
// one that starts what its caller forgets to end.
func (w want) far(s stuck) bool {
	if strings.HasSuffix(w.text, "would end it") {
		return s.File != ""
	}
	return (w.text == "blocks for ever" || w.text == "never ends" || w.text == "panics" && strings.HasPrefix(s.State, "panic")) &&
		s.File != "" && filepath.Dir(s.File) != filepath.Dir(w.file)
}

// matches tells whether a stuck goroutine is what a want speaks of.
func (w want) matches(s stuck) bool {
	if w.far(s) {
		return true
	}
	for _, v := range verbs {
		if !v.report.MatchString(w.text) {
			continue
		}
		if strings.Contains(w.text, "at once for ever") { // it may be anywhere in the loop
			return w.file == s.File && w.loop[0] <= s.Line && s.Line <= w.loop[1]
		}
		if strings.Contains(w.text, "iter.Pull") { // the goroutine is in the iterator, not at the call
			return v.state.MatchString(s.State)
		}
		return v.state.MatchString(s.State) && w.file == s.File && w.line <= s.Line && s.Line <= w.end
	}
	return false
}
