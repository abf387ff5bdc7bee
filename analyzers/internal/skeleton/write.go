package skeleton

import "encoding/binary"

// writer writes the parts of an archive. Without an index it collects the
// strings that they hold.
type writer struct {
	out   []byte
	seen  map[string]bool
	index map[string]int
	at    func(Pos) (file string, line int)
	file  string // of the function in hand
	line  int    // last one written
}

func (w *writer) uint(n int) { w.out = binary.AppendUvarint(w.out, uint64(n)) }
func (w *writer) int(n int)  { w.out = binary.AppendVarint(w.out, int64(n)) }

func (w *writer) str(s string) {
	if w.index == nil {
		w.seen[s] = true
		return
	}
	w.uint(w.index[s])
}

// Fields of an instruction or a case that are written only if they are set.
const (
	hasDst = 1 << iota
	hasLayout
	hasTag
	hasMethod
	hasNumbers
	hasName
	hasPos
	hasCases
)

// Marks of a function.
const (
	isLibrary = 1 << iota
	recovers
	hasPlace
)

func (w *writer) function(f *Func) {
	marks, line := 0, 0
	if f.Library {
		marks |= isLibrary
	}
	if f.Recover >= 0 {
		marks |= recovers
	}
	if f.Pos != 0 {
		if w.file, line = w.at(f.Pos); line > 0 {
			marks |= hasPlace
		}
	}
	w.uint(marks)
	w.str(f.Short)
	if marks&recovers != 0 {
		w.uint(int(f.Recover))
	}
	if marks&hasPlace != 0 {
		w.str(w.file)
		w.uint(line)
		w.line = line
	}
	w.params(f.Params)
	w.params(f.Frees)
	w.uint(len(f.Results))
	for _, r := range f.Results {
		w.str(r)
	}
	w.uint(int(f.Regs))
	w.uint(len(f.Blocks))
	for _, b := range f.Blocks {
		w.uint(len(b))
		for i := range b {
			w.instr(&b[i])
		}
	}
}

func (w *writer) params(list []Param) {
	w.uint(len(list))
	for _, p := range list {
		w.str(p.Name)
		w.str(p.Layout)
	}
}

// here reports whether a position can be told: one in the file of its function.
func (w *writer) here(pos Pos) (line int, ok bool) {
	if pos == 0 || w.line == 0 {
		return 0, false
	}
	file, line := w.at(pos)
	return line, file == w.file && line > 0
}

func (w *writer) instr(in *Instr) {
	has := 0
	set := func(bit int, is bool) {
		if is {
			has |= bit
		}
	}
	line, here := w.here(in.Pos)
	set(hasDst, in.Dst != NoReg)
	set(hasLayout, in.Layout != "")
	set(hasTag, in.Tag != "")
	set(hasMethod, in.Method != "")
	set(hasNumbers, in.N != 0 || in.M != 0)
	set(hasName, in.Name != "")
	set(hasPos, here)
	set(hasCases, len(in.Cases) > 0)
	w.out = append(w.out, byte(in.Op), byte(has))
	if has&hasDst != 0 {
		w.uint(int(in.Dst))
	}
	if has&hasLayout != 0 {
		w.str(in.Layout)
	}
	if has&hasTag != 0 {
		w.str(in.Tag)
	}
	if has&hasMethod != 0 {
		w.str(in.Method)
	}
	if has&hasNumbers != 0 {
		w.int(int(in.N))
		w.int(int(in.M))
	}
	w.nameLine(in.Name, line, has)
	w.uint(len(in.Args))
	for _, a := range in.Args {
		w.arg(a)
	}
	switch in.Op {
	case Jump:
		w.uint(int(in.Then))
	case Branch:
		w.uint(int(in.Then))
		w.uint(int(in.Else))
	}
	if has&hasCases != 0 {
		w.uint(len(in.Cases))
		for i := range in.Cases {
			w.selectCase(&in.Cases[i])
		}
	}
}

func (w *writer) nameLine(name string, line, has int) {
	if has&hasName != 0 {
		w.str(name)
	}
	if has&hasPos != 0 {
		w.int(line - w.line)
		w.line = line
	}
}

func (w *writer) selectCase(c *Case) {
	has := 0
	if c.Send {
		has |= hasDst
	}
	if c.Name != "" {
		has |= hasName
	}
	line, here := w.here(c.Pos)
	if here {
		has |= hasPos
	}
	w.out = append(w.out, byte(has))
	w.arg(c.Chan)
	if c.Send {
		w.arg(c.Val)
	} else {
		w.str(c.Layout)
	}
	w.nameLine(c.Name, line, has)
}

// arg writes an operand: its kind in the lowest three bits.
func (w *writer) arg(a Arg) {
	n := uint64(a.N)
	switch a.Kind {
	case ArgInt:
		n = uint64(a.N)<<1 ^ uint64(a.N>>63)
		if n>>61 != 0 { // beyond what any exploration tells apart
			n = 1<<61 - 2 | n&1
		}
	case ArgStr, ArgFunc, ArgGlobal:
		if w.index == nil {
			w.seen[a.S] = true
		}
		n = uint64(w.index[a.S])
	}
	w.out = binary.AppendUvarint(w.out, n<<3|uint64(a.Kind))
}
