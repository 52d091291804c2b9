package org.lunaria.exchange.document;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.lunaria.admin.SettingKey;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The keys as the bundles on the class path declare them to OSGi: in {@code OSGI-INF/metatype}. */
final class MetatypeCatalog implements Catalog {
    private static final String FOLDER = "OSGI-INF/metatype";

    private final SortedMap<String, Declaration> declarations = new TreeMap<>();

    /**
     * What a bundle declares of a PID.
     *
     * @param isFactory whether there is a file for each instance
     * @param type the annotation type that it was written as
     */
    record Declaration(String pid, boolean isFactory, String description, Class<?> type, List<SettingKey> keys) {}

    MetatypeCatalog() {
        try {
            for (URL folder : Collections.list(getClass().getClassLoader().getResources(FOLDER))) {
                if (folder.getProtocol().equals("jar")) {
                    URI jar = URI.create(folder.toString().replaceAll("!.*", "!/"));
                    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
                        addAll(files.getPath(FOLDER));
                    }
                } else {
                    addAll(Path.of(folder.toURI()));
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<SettingKey> keys(String pid) {
        return declarations.containsKey(pid) ? declarations.get(pid).keys() : List.of();
    }

    Collection<Declaration> declarations() {
        return declarations.values();
    }

    /** The kinds of backends, with their descriptions. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        declarations.values().stream()
                .filter(declaration -> BackendOf.isBackend(declaration.pid()))
                .forEach(declaration -> kinds.put(
                        declaration.pid().substring(Section.BACKEND_NAMESPACE.length()), declaration.description()));
        return kinds;
    }

    private void addAll(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                add(file);
            }
        }
    }

    private void add(Path file) throws Exception {
        Element root;
        try (InputStream in = Files.newInputStream(file)) {
            root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
        Element designate = elements(root, "Designate").get(0);
        String factoryPid = designate.getAttribute("factoryPid");
        String pid = factoryPid + designate.getAttribute("pid");
        Element definition = elements(root, "OCD").get(0);
        List<SettingKey> declared = new ArrayList<>();
        for (Element key : elements(root, "AD")) {
            declared.add(new SettingKey(
                    key.getAttribute("id"),
                    key.getAttribute("description"),
                    // Metatype escapes the commas of a default that is one value.
                    key.getAttribute("default").replace("\\,", ","),
                    elements(key, "Option").stream()
                            .map(option -> option.getAttribute("value"))
                            .toList(),
                    switch (key.getAttribute("type")) {
                        case "Integer", "Long", "Short" -> SettingKey.Type.NUMBER;
                        case "Boolean" -> SettingKey.Type.FLAG;
                        default -> SettingKey.Type.TEXT;
                    }));
        }
        declarations.put(
                pid,
                new Declaration(
                        pid,
                        !factoryPid.isEmpty(),
                        definition.getAttribute("description"),
                        Class.forName(definition.getAttribute("id")),
                        declared));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
