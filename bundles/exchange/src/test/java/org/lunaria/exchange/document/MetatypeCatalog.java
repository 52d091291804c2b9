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

    private final SortedMap<String, List<SettingKey>> keys = new TreeMap<>();
    private final Map<String, String> descriptions = new TreeMap<>();

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
        return keys.getOrDefault(pid, List.of());
    }

    /** The kinds of backends, with their descriptions. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        keys.keySet().stream()
                .filter(BackendOf::isBackend)
                .forEach(pid -> kinds.put(pid.substring(Section.BACKEND_NAMESPACE.length()), descriptions.get(pid)));
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
        String pid = designate.getAttribute("factoryPid") + designate.getAttribute("pid");
        List<SettingKey> declared = new ArrayList<>();
        for (Element key : elements(root, "AD")) {
            declared.add(new SettingKey(
                    key.getAttribute("id"),
                    key.getAttribute("description"),
                    key.getAttribute("default"),
                    elements(key, "Option").stream()
                            .map(option -> option.getAttribute("value"))
                            .toList(),
                    switch (key.getAttribute("type")) {
                        case "Integer", "Long", "Short" -> SettingKey.Type.NUMBER;
                        case "Boolean" -> SettingKey.Type.FLAG;
                        default -> SettingKey.Type.TEXT;
                    }));
        }
        keys.put(pid, declared);
        descriptions.put(pid, elements(root, "OCD").get(0).getAttribute("description"));
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
