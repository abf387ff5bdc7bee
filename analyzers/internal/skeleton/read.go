package skeleton

import (
	"encoding/binary"
	"errors"
)

// reader reads the parts of an archive. After the first error it gives zeros.
type reader struct {
	in      []byte
	strings []string
	place   func(file string, line int) Pos
	file    string
	line    int
	err     error
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errors.New("damaged skeletons")
	}
	r.in = nil
}

func (r *reader) uint64() uint64 {
	n, size := binary.Uvarint(r.in)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.in = r.in[size:]
	return n
}

// maxNumber bounds what a number in an archive can be.
const maxNumber = 1 << 24

func (r *reader) uint() int {
	n := r.uint64()
	if n > maxNumber {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) int() int {
	n, size := binary.Varint(r.in)
	if size <= 0 || n > maxNumber || n < -maxNumber {
		r.fail()
		return 0
	}
	r.in = r.in[size:]
	return int(n)
}

// count reads a number of parts, each of which takes a byte at least.
func (r *reader) count() int {
	n := r.uint()
	if n > len(r.in) {
		r.fail()
		return 0
	}
	return n
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.in) {
		r.fail()
		return nil
	}
	b := r.in[:n:n]
	r.in = r.in[n:]
	return b
}

func (r *reader) byte() byte {
	b := r.bytes(1)
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (r *reader) str() string {
	n := r.uint()
	if n >= len(r.strings) {
		r.fail()
		return ""
	}
	return r.strings[n]
}

func (r *reader) function() *Func {
	f := &Func{Recover: -1}
	marks := r.uint()
	f.Library = marks&isLibrary != 0
	f.Short = r.str()
	if marks&recovers != 0 {
		f.Recover = int32(r.uint())
	}
	if marks&hasPlace != 0 {
		r.file, r.line = r.str(), r.uint()
		f.Pos = r.pos()
	}
	f.Params, f.Frees = r.params(), r.params()
	for range r.count() {
		f.Results = append(f.Results, r.str())
	}
	f.Regs = int32(r.uint())
	if int(f.Regs) < len(f.Params)+len(f.Frees) || f.Regs > maxRegs {
		r.fail()
	}
	for range r.count() {
		var block []Instr
		for range r.count() {
			if r.err != nil {
				return f
			}
			block = append(block, r.instr())
		}
		f.Blocks = append(f.Blocks, block)
	}
	return f
}

// maxRegs bounds the registers of a function that is read.
const maxRegs = 1 << 18

func (r *reader) pos() Pos {
	if r.place == nil || r.err != nil {
		return 0
	}
	return r.place(r.file, r.line)
}

func (r *reader) params() []Param {
	var list []Param
	for range r.count() {
		list = append(list, Param{Name: r.str(), Layout: r.str()})
	}
	return list
}

func (r *reader) instr() Instr {
	in := Instr{Op: Op(r.byte()), Dst: NoReg}
	has := int(r.byte())
	if has&hasDst != 0 {
		in.Dst = Reg(r.uint())
	}
	if has&hasLayout != 0 {
		in.Layout = r.str()
	}
	if has&hasTag != 0 {
		in.Tag = r.str()
	}
	if has&hasMethod != 0 {
		in.Method = r.str()
	}
	if has&hasNumbers != 0 {
		in.N, in.M = int32(r.int()), int32(r.int())
	}
	in.Name, in.Pos = r.nameLine(has)
	for range r.count() {
		in.Args = append(in.Args, r.arg())
	}
	switch in.Op {
	case Jump:
		in.Then = int32(r.uint())
	case Branch:
		in.Then, in.Else = int32(r.uint()), int32(r.uint())
	}
	if has&hasCases != 0 {
		for range r.count() {
			in.Cases = append(in.Cases, r.selectCase())
		}
	}
	return in
}

func (r *reader) nameLine(has int) (name string, pos Pos) {
	if has&hasName != 0 {
		name = r.str()
	}
	if has&hasPos != 0 {
		r.line += r.int()
		pos = r.pos()
	}
	return name, pos
}

func (r *reader) selectCase() Case {
	has := int(r.byte())
	c := Case{Send: has&hasDst != 0, Chan: r.arg()}
	if c.Send {
		c.Val = r.arg()
	} else {
		c.Layout = r.str()
	}
	c.Name, c.Pos = r.nameLine(has)
	return c
}

func (r *reader) arg() Arg {
	n := r.uint64()
	a := Arg{Kind: ArgKind(n & 7), N: int64(n >> 3)}
	switch a.Kind {
	case ArgNil:
		a.N = 0
	case ArgReg, ArgBool:
		if a.N > maxNumber {
			r.fail()
		}
	case ArgInt:
		a.N = int64(n>>4) ^ -int64(n>>3&1)
	case ArgStr, ArgFunc, ArgGlobal:
		if a.N >= int64(len(r.strings)) {
			r.fail()
			return Arg{}
		}
		a.N, a.S = 0, r.strings[a.N]
	default:
		r.fail()
	}
	return a
}
