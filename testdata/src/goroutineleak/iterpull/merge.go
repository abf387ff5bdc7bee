package iterpull

import "iter"

// Merge returns the values of two sorted sequences in order, at most max.
func Merge(a, b iter.Seq[int], max int) []int {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextB, stopB := iter.Pull(b) // want "iter.Pull"
	x, okA := nextA()
	y, okB := nextB()
	var out []int
	for (okA || okB) && len(out) < max {
		if okA && (!okB || x <= y) {
			out = append(out, x)
			x, okA = nextA()
		} else {
			out = append(out, y)
			y, okB = nextB()
		}
	}
	if okA || !okB {
		stopB()
	}
	return out
}

// MergeFixed returns the values of two sorted sequences in order, at most max.
func MergeFixed(a, b iter.Seq[int], max int) []int {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextB, stopB := iter.Pull(b)
	defer stopB()
	x, okA := nextA()
	y, okB := nextB()
	var out []int
	for (okA || okB) && len(out) < max {
		if okA && (!okB || x <= y) {
			out = append(out, x)
			x, okA = nextA()
		} else {
			out = append(out, y)
			y, okB = nextB()
		}
	}
	return out
}
