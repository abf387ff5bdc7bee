package randprog

import (
	"fmt"
	"strings"
)

// Source is Go source with several programs, as functions Prog0, Prog1, …
type Source struct {
	Text string
	// Lines gives the number of the operation in each line that holds one, for
	// each program.
	Lines []map[int]int
}

// prelude is what the programs share. A condition comes with its lock and count.
const prelude = `type cond struct {
	mu sync.Mutex
	c  *sync.Cond
	n  int
}

func newCond() *cond {
	k := &cond{}
	k.c = sync.NewCond(&k.mu)
	return k
}
`

// Options of rendering.
type Options struct {
	// Hooks makes each goroutine begin with a deferred call of h.catch, and puts
	// a call of h.yield before each operation; h is a parameter of each function.
	Hooks bool
	// Forms writes some operations in roundabout ways.
	Forms bool
}

// Render writes programs as Go source.
func Render(pkg string, programs []*Program, opt Options) *Source {
	w := &source{hooks: opt.Hooks, forms: opt.Forms}
	w.line("package %s", pkg)
	w.line("")
	w.line(`import "sync"`)
	w.line("")
	text := prelude
	if opt.Forms {
		text += formsPrelude
	}
	for l := range strings.Lines(text) {
		w.line("%s", strings.TrimSuffix(l, "\n"))
	}
	for i, p := range programs {
		w.program(i, p)
	}
	return &Source{Text: w.text.String(), Lines: w.lines}
}

type source struct {
	text   strings.Builder
	hooks  bool
	forms  bool
	n      int // lines written
	indent int
	lines  []map[int]int
	op     int // operations of the program so far
	labels int
	loops  []string
	p      *Program
	params map[string]bool // objects that are parameters: plain names
	suffix string
}

func (w *source) line(format string, args ...any) {
	w.n++
	w.text.WriteString(strings.Repeat("\t", w.indent))
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteString("\n")
}

// numbered writes a line that holds the next operation.
func (w *source) numbered(format string, args ...any) {
	if w.hooks && !strings.HasPrefix(format, "}") {
		w.line("h.yield()")
	}
	w.op++
	w.lines[len(w.lines)-1][w.n+1] = w.op
	w.line(format, args...)
}

func (w *source) open(format string, args ...any) {
	w.line(format, args...)
	w.indent++
}

func (w *source) close(with string) {
	w.indent--
	w.line("%s", with)
}

var goTypes = map[byte]string{'c': "chan int", 'm': "sync.Mutex", 'r': "sync.RWMutex", 'w': "sync.WaitGroup", 'k': "*cond"}

func (w *source) program(i int, p *Program) {
	w.p, w.op, w.suffix = p, 0, fmt.Sprint(i)
	w.lines = append(w.lines, map[int]int{})
	h := ""
	if w.hooks {
		h = "h *hooks"
	}
	for _, f := range p.Funcs {
		w.params = map[string]bool{}
		var params []string
		if w.hooks {
			params = append(params, h)
		}
		for _, name := range f.Params {
			w.params[name] = true
			t := goTypes[name[0]]
			if !strings.Contains("ck", name[:1]) {
				t = "*" + t
			}
			params = append(params, name+" "+t)
		}
		w.line("")
		w.open("func %sProg%s(%s) {", f.Name, w.suffix, strings.Join(params, ", "))
		w.body(f.Body)
		w.close("}")
	}
	w.params = nil
	w.line("")
	if p.Fields {
		w.open("type state%s struct {", w.suffix)
		for _, name := range p.objects() {
			w.line("%s %s", name, goTypes[name[0]])
		}
		w.close("}")
		w.line("")
	}
	w.open("func Prog%s(%s) {", w.suffix, h)
	if p.Fields {
		w.line("s := &state%s{}", w.suffix)
		w.line("_ = s")
	}
	for j, name := range p.objects() {
		w.object(j, name)
	}
	w.body(p.Main)
	w.close("}")
}

func (w *source) object(j int, name string) {
	assign := name + " :="
	if w.p.Fields {
		assign = "s." + name + " ="
	}
	switch {
	case name[0] == 'k':
		w.line("%s newCond()", assign)
	case name[0] != 'c' || w.p.Chans[j] < 0:
		if w.p.Fields {
			return
		}
		w.line("var %s %s", name, goTypes[name[0]])
	default:
		w.line("%s make(chan int, %d)", assign, w.p.Chans[j])
	}
	if !w.p.Fields {
		if strings.Contains("mrw", name[:1]) {
			w.line("_ = &%s", name)
		} else {
			w.line("_ = %s", name)
		}
	}
}

func (w *source) name(object string) string {
	if w.p.Fields && !w.params[object] {
		return "s." + object
	}
	return object
}

// body writes the body of a function: v and ok are its variables.
func (w *source) body(list []Stmt) {
	outer := w.loops
	w.loops = nil
	w.line("var v int")
	w.line("var ok bool")
	w.line("_, _ = v, ok")
	w.stmts(list)
	w.loops = outer
}

func (w *source) stmts(list []Stmt) {
	for i := range list {
		w.stmt(&list[i])
	}
}

func (w *source) block(list []Stmt) {
	w.indent++
	w.stmts(list)
	w.indent--
}
