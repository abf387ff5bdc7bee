package skeleton

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The text form has one instruction a line:
//
//	func p.Fetch "Fetch" (n:n) free (ch:p) -> p recover b2 library @3 {
//	b0:
//		%1 = recv/p #n #m :tag .method %0 ->b1,b2 name="results" @12
//		%3 = load/p %0 in=p.T.1
//		%2 = select #1 @5 | recv/p %0 name="done" @4 | send %1 7
//	}
//	type *p.T implements error io.Reader {
//		Close (*p.T).Close
//	}
//
// Operands: %N a register, nil, true, 12, "constant", &function, $global.
// Places are separated by tabs. Names that hold spaces, commas or quotes are written as Go strings.

var opNames = [numOps]string{
	Copy: "copy", Sym: "sym", Bin: "bin", Not: "not", Neg: "neg", Len: "len", Cap: "cap", Agg: "agg", Elem: "elem",
	Closure: "closure", Iface: "iface", Assert: "assert", Assert2: "assert2",
	Alloc: "alloc", Field: "field", Index: "index", Load: "load", Store: "store",
	MakeSlice: "makeslice", SliceAt: "sliceat", Slice: "slice", Append: "append", CopySlice: "copyslice",
	MakeMap: "makemap", MapGet: "mapget", MapSet: "mapset", MapDel: "mapdel", MapIter: "mapiter", MapNext: "mapnext",
	MakeChan: "makechan", EnvChan: "envchan", Send: "send", Recv: "recv", Recv2: "recv2", Select: "select",
	Close: "close", Cancel: "cancel", Link: "link", Mark: "mark",
	Lock: "lock", Unlock: "unlock", RLock: "rlock", RUnlock: "runlock", TryLock: "trylock", TryRLock: "tryrlock",
	WgAdd: "wgadd", WgWait: "wgwait", CondAdd: "condadd", CondPark: "condpark", Signal: "signal", Broadcast: "broadcast",
	Yield: "yield", Call: "call", Spawn: "spawn", Defer: "defer", RunDefers: "rundefers", Recover: "recover",
	Havoc: "havoc", FreshCount: "freshcount",
	Jump: "jump", Branch: "branch", Return: "return", Panic: "panic", Exit: "exit", Goexit: "goexit", Stop: "stop",
}

var opByName = func() map[string]Op {
	m := make(map[string]Op, numOps)
	for op, name := range opNames {
		if name != "" {
			m[name] = Op(op)
		}
	}
	return m
}()

// String returns the mnemonic of the text form.
func (op Op) String() string {
	if op < numOps && opNames[op] != "" {
		return opNames[op]
	}
	return "op" + strconv.Itoa(int(op))
}

// String returns the operand as the text form writes it.
func (a Arg) String() string {
	switch a.Kind {
	case ArgReg:
		return "%" + strconv.FormatInt(a.N, 10)
	case ArgBool:
		return strconv.FormatBool(a.N != 0)
	case ArgInt:
		return strconv.FormatInt(a.N, 10)
	case ArgStr:
		return strconv.Quote(a.S)
	case ArgFunc:
		return "&" + word(a.S)
	case ArgGlobal:
		return "$" + word(a.S)
	}
	return "nil"
}

// word writes a name, as a Go string where the bare name would not be one token.
func word(s string) string {
	if s == "" || strings.ContainsAny(s, " ,\t\n\"|") {
		return strconv.Quote(s)
	}
	return s
}

// String returns the text form of one instruction.
func (in *Instr) String() string {
	var b strings.Builder
	if in.Dst != NoReg {
		fmt.Fprintf(&b, "%%%d = ", in.Dst)
	}
	b.WriteString(in.Op.String())
	if in.Layout != "" {
		b.WriteString("/" + in.Layout)
	}
	if in.N != 0 || in.M != 0 {
		fmt.Fprintf(&b, " #%d", in.N)
	}
	if in.M != 0 {
		fmt.Fprintf(&b, " #%d", in.M)
	}
	if in.Tag != "" {
		b.WriteString(" :" + word(in.Tag))
	}
	if in.Method != "" {
		b.WriteString(" ." + word(in.Method))
	}
	for _, a := range in.Args {
		b.WriteString(" " + a.String())
	}
	switch in.Op {
	case Jump:
		fmt.Fprintf(&b, " ->b%d", in.Then)
	case Branch:
		fmt.Fprintf(&b, " ->b%d,b%d", in.Then, in.Else)
	}
	if in.Places != nil {
		b.WriteString(" in=" + word(strings.Join(in.Places, "\t")))
	}
	writeNamePos(&b, in.Name, in.Pos)
	for _, c := range in.Cases { // last, as each has a name and a position of its own
		b.WriteString(" | " + c.text())
	}
	return b.String()
}

func (c *Case) text() string {
	var b strings.Builder
	if c.Send {
		fmt.Fprintf(&b, "send %s %s", c.Chan, c.Val)
	} else {
		b.WriteString("recv")
		if c.Layout != "" {
			b.WriteString("/" + c.Layout)
		}
		b.WriteString(" " + c.Chan.String())
	}
	writeNamePos(&b, c.Name, c.Pos)
	return b.String()
}

func writeNamePos(b *strings.Builder, name string, pos Pos) {
	if name != "" {
		b.WriteString(" name=" + strconv.Quote(name))
	}
	if pos != 0 {
		fmt.Fprintf(b, " @%d", pos)
	}
}

// String returns the text form of the function.
func (f *Func) String() string {
	var b strings.Builder
	b.WriteString("func " + word(f.Name))
	if f.Short != "" {
		b.WriteString(" " + strconv.Quote(f.Short))
	}
	b.WriteString(" (" + paramsText(f.Params) + ")")
	if len(f.Frees) > 0 {
		b.WriteString(" free (" + paramsText(f.Frees) + ")")
	}
	if len(f.Results) > 0 {
		b.WriteString(" ->")
		for _, r := range f.Results {
			b.WriteString(" " + word(r))
		}
	}
	if f.Recover >= 0 {
		fmt.Fprintf(&b, " recover b%d", f.Recover)
	}
	if f.Library {
		b.WriteString(" library")
	}
	if f.Pos != 0 {
		fmt.Fprintf(&b, " @%d", f.Pos)
	}
	b.WriteString(" {\n")
	for i, block := range f.Blocks {
		fmt.Fprintf(&b, "b%d:\n", i)
		for j := range block {
			b.WriteString("\t" + block[j].String() + "\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func paramsText(params []Param) string {
	var parts []string
	for _, p := range params {
		parts = append(parts, word(p.Name+":"+p.Layout))
	}
	return strings.Join(parts, " ")
}

// String returns the text form of the type.
func (t *Type) String() string {
	var b strings.Builder
	b.WriteString("type " + word(t.Tag))
	if len(t.Implements) > 0 {
		b.WriteString(" implements")
		for _, i := range t.Implements {
			b.WriteString(" " + word(i))
		}
	}
	b.WriteString(" {\n")
	for _, m := range slices.Sorted(maps.Keys(t.Methods)) {
		b.WriteString("\t" + word(m) + " " + word(t.Methods[m]) + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// String returns the text form of the program, functions and types sorted by name.
func (p *Program) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(p.Funcs)) {
		b.WriteString(p.Funcs[name].String())
	}
	for _, tag := range slices.Sorted(maps.Keys(p.Types)) {
		b.WriteString(p.Types[tag].String())
	}
	return b.String()
}
