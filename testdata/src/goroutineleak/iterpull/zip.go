package iterpull

import "iter"

// Zip returns pairs of values, until one of the sequences ends.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B], pair func(A, B)) int {
	next, stop := iter.Pull(bs) // want "iter.Pull"
	n := 0
	for a := range as {
		b, ok := next()
		if !ok {
			stop()
			return n
		}
		pair(a, b)
		n++
	}
	if n == 0 {
		stop()
	}
	return n
}

// ZipFixed returns pairs of values, until one of the sequences ends.
func ZipFixed[A, B any](as iter.Seq[A], bs iter.Seq[B], pair func(A, B)) int {
	next, stop := iter.Pull(bs)
	defer stop()
	n := 0
	for a := range as {
		b, ok := next()
		if !ok {
			stop()
			return n
		}
		pair(a, b)
		n++
	}
	return n
}
