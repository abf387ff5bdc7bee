/*
Package lostcancel defines an Analyzer that reports contexts whose cancel function is lost.

# Analyzer lostcancel

lostcancel: report contexts whose cancel function is not called on every path

A context that can be cancelled stays in the list of its parent, with all that
waits for its end, until somebody calls its cancel function or the parent ends.
If the parent is that of a server, or of a request that lasts, so do the
goroutines that wait for it. For example:

	// WRONG: when dial fails, the context stays below its parent
	ctx, cancel := context.WithCancel(parent)
	conn, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	return newClient(conn, cancel), nil

	// RIGHT
	if err != nil {
		cancel()
		return nil, err
	}

What is true of the functions of package context is true of those that are made
of them, or start a goroutine that the cancel function ends, in whatever package:

	// WRONG: the goroutine that joins the two stays until one of them ends
	ctx, _ := joincontext.Join(ctx, server)

	// RIGHT
	ctx, cancel := joincontext.Join(ctx, server)
	defer cancel()

An object whose constructor keeps such a function, and starts a goroutine, owns
the context. The function is lost where the object is dropped at an error, without a
call of the method that calls it, although it is returned or ended elsewhere:

	// WRONG: when register fails, the session's goroutine stays
	s, err := newSession(client)
	if err != nil {
		return nil, err
	}
	if err := register(client, s.ID()); err != nil {
		return nil, err
	}
	return s, nil

	// RIGHT
	if err := register(client, s.ID()); err != nil {
		s.Close()
		return nil, err
	}

The check follows the paths from the call to each return, and to the call itself
where a loop comes back to it. Whatever is done with the cancel function on the
way counts as a use: it is called, deferred, returned, stored, passed on or
assigned to _. Paths that end in a panic, or in a call that never returns, do
not count, nor do contexts of main and of tests, which end with the process.

Nor is a cancel function missed that is discarded where the parent's is kept: the
context ends with its parent. The same goes for one whose context a variable of a
package keeps, or a function of the package that derived it ends, and for one that a
comment in the line above explains.

It finds what the check of this name in go vet finds in what is not a test, except
for these and for contexts of Background that nobody uses, and more.
*/
package lostcancel
