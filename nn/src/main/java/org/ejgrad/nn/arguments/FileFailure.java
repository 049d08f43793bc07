package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What the system says when it cannot read or write a file, for a person: no class of Java, no temporary file. */
public final class FileFailure {
    private static final String MISSING = "there is no such file or folder";
    private static final String DENIED = "permission denied";

    private FileFailure() {}

    /** {@return why it failed, without the name of a file} */
    public static String reason(IOException failure) {
        Optional<String> message =
                Optional.ofNullable(requireNonNull(failure, "failure").getMessage());
        if (failure instanceof FileNotFoundException) {
            return message.filter(text -> text.endsWith("(Permission denied)")).isPresent() ? DENIED : MISSING;
        }
        if (failure instanceof AccessDeniedException) {
            return DENIED;
        }
        if (failure instanceof NoSuchFileException) {
            return MISSING;
        }
        if (failure instanceof FileSystemLoopException) {
            return "its symbolic links lead in a circle";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of that name is there";
        }
        if (failure instanceof NotDirectoryException) {
            return "Not a directory";
        }
        return (failure instanceof FileSystemException named ? Optional.ofNullable(named.getReason()) : message)
                .orElse("the system refuses it");
    }
}
